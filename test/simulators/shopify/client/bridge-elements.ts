import type { Ask } from "./bridge-messages.ts";

// The ui-* elements: invisible in the app's page, shown by the admin's shell.

type Send = (message: Ask) => Promise<unknown>;
let send: Send = () => Promise.resolve(undefined);

/** Runs `report` now and after every change below the element, as frameworks fill their elements later. */
function observe(element: HTMLElement, report: () => void): MutationObserver {
  const observer = new MutationObserver(report);
  observer.observe(element, { subtree: true, childList: true, attributes: true, characterData: true });
  report();
  return observer;
}

abstract class BridgeElement extends HTMLElement {
  #observer: MutationObserver | null = null;

  abstract report(): void;

  connectedCallback(): void {
    this.style.display = "none";
    this.#observer = observe(this, () => this.report());
  }

  disconnectedCallback(): void {
    this.#observer?.disconnect();
  }
}

class NavMenu extends BridgeElement {
  report(): void {
    const links = [...this.querySelectorAll("a, s-link")].map((link) => ({
      href: link.getAttribute("href") ?? "/",
      label: link.textContent,
      isHome: link.getAttribute("rel") === "home",
    }));
    void send({ name: "nav", data: links });
  }
}

class TitleBar extends BridgeElement {
  report(): void {
    void send({ name: "title", data: this.getAttribute("title") ?? "" });
  }
}

class HiddenElement extends BridgeElement {
  report(): void {
    // Shown by its own methods only.
  }
}

let open: SaveBarElement | null = null;
const setOpen = (bar: SaveBarElement | null): void => void (open = bar);

class SaveBarElement extends HiddenElement {
  get showing(): boolean {
    return open === this;
  }

  button(kind: "save" | "discard"): HTMLButtonElement | null {
    const buttons = [...this.querySelectorAll("button")];
    const isSave = (button: HTMLButtonElement): boolean => button.getAttribute("variant") === "primary";
    return buttons.find((button) => isSave(button) === (kind === "save")) ?? null;
  }

  show(): Promise<void> {
    if (open === this) return Promise.resolve();
    setOpen(this);
    const label = (kind: "save" | "discard", fallback: string): string =>
      this.button(kind)?.textContent.trim() || fallback;
    void send({
      name: "saveBar",
      data: { visible: true, saveLabel: label("save", "Save"), discardLabel: label("discard", "Discard") },
    });
    this.dispatchEvent(new CustomEvent("show"));
    return Promise.resolve();
  }

  hide(): Promise<void> {
    if (open !== this) return Promise.resolve();
    open = null;
    hideSaveBar();
    this.dispatchEvent(new CustomEvent("hide"));
    return Promise.resolve();
  }

  toggle(): Promise<void> {
    return open === this ? this.hide() : this.show();
  }
}

const hideSaveBar = (): void =>
  void send({ name: "saveBar", data: { visible: false, saveLabel: "Save", discardLabel: "Discard" } });

function saveBarById(id: string): SaveBarElement {
  const node = document.getElementById(id);
  if (node instanceof SaveBarElement) return node;
  throw new Error(`no ui-save-bar with the id ${id}`);
}

/** `shopify.saveBar` */
export const saveBarApi = {
  show: (id: string): Promise<void> => saveBarById(id).show(),
  hide: (id: string): Promise<void> => saveBarById(id).hide(),
  toggle: (id: string): Promise<void> => saveBarById(id).toggle(),
  leaveConfirmation: async (): Promise<void> => {
    if (open === null && dirtyForm === null) return;
    // "The promise resolves when the merchant confirms" (app-bridge-types 0.7.2), and not when they stay.
    if ((await send({ name: "leaveConfirmation" })) !== true) await new Promise<never>(() => undefined);
  },
};

let dirtyForm: HTMLFormElement | null = null;

/** Forms marked `data-save-bar` show the save bar as soon as something in them changed. */
export function watchSaveBarForms(): void {
  const touched = (event: Event): void => {
    const form = event.target instanceof Element ? event.target.closest<HTMLFormElement>("form[data-save-bar]") : null;
    if (!form || dirtyForm === form) return;
    dirtyForm = form;
    void send({ name: "saveBar", data: { visible: true, saveLabel: "Save", discardLabel: "Discard" } });
  };
  const clean = (event: Event): void => {
    if (event.target !== dirtyForm) return;
    dirtyForm = null;
    hideSaveBar();
  };
  document.addEventListener("input", touched);
  document.addEventListener("change", touched);
  document.addEventListener("submit", clean);
  document.addEventListener("reset", clean);
}

/** The merchant pressed a button of the save bar in the shell. */
export function pressSaveBar(press: "save" | "discard"): void {
  if (open) open.button(press)?.click();
  else if (press === "save") dirtyForm?.requestSubmit();
  else dirtyForm?.reset();
}

export function defineBridgeElements(through: Send): void {
  send = through;
  customElements.define("ui-nav-menu", NavMenu);
  customElements.define("s-app-nav", class extends NavMenu {});
  customElements.define("ui-title-bar", TitleBar);
  customElements.define("ui-save-bar", SaveBarElement);
  customElements.define("ui-modal", class extends HiddenElement {});
}
