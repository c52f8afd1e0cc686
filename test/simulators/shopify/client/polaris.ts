import { control } from "./polaris-controls.ts";
import { watchPage } from "./polaris-checks.ts";
import { DRAWINGS } from "./polaris-elements.ts";
import { type FieldDrawing, FIELDS } from "./polaris-fields.ts";
import type { Drawing } from "./polaris-sections.ts";
import { complain, manifest } from "./polaris-setup.ts";
import { elementSheet, pageSheet } from "./polaris-style.ts";

// The stand-in for https://cdn.shopify.com/shopifycloud/polaris-1.js, from Shopify's own list of its elements.

const formOf = (host: HTMLElement): HTMLFormElement | null => host.closest("form");

const CONTROLS: Readonly<Record<string, Drawing>> = {
  "s-button": control("button", formOf),
  "s-clickable": control("plain", formOf),
  "s-link": control("link", formOf),
};

function shadowOf(host: HTMLElement): ShadowRoot {
  const root = host.attachShadow({ mode: "open", delegatesFocus: true });
  root.adoptedStyleSheets = [elementSheet];
  return root;
}

function define(tag: string, draw: Drawing): void {
  class Drawn extends HTMLElement {
    static readonly observedAttributes = Object.keys(manifest[tag]?.attributes ?? {});
    #update: (() => void) | undefined;
    #isDrawn = false;

    connectedCallback(): void {
      if (!this.#isDrawn) this.#update = draw(this, shadowOf(this));
      this.#isDrawn = true;
      this.#update?.();
    }

    attributeChangedCallback(): void {
      this.#update?.();
    }
  }
  customElements.define(tag, Drawn);
}

function defineField(tag: string, draw: FieldDrawing): void {
  class FormField extends HTMLElement {
    static readonly formAssociated = true;
    static readonly observedAttributes = Object.keys(manifest[tag]?.attributes ?? {});
    readonly #internals = this.attachInternals();
    #field: ReturnType<FieldDrawing> | undefined;

    #send(): void {
      const value = this.#field?.value() ?? null;
      this.#internals.setFormValue(value);
    }

    connectedCallback(): void {
      this.#field ??= draw(this, this.#shadow(), () => this.#send());
      this.#update(false);
    }

    #shadow(): ShadowRoot {
      const root = shadowOf(this);
      // Enter in a form's text field sends the form; a field in a shadow has none by itself.
      root.addEventListener("keydown", (event) => {
        const isText = event.target instanceof HTMLInputElement && !/checkbox|radio/.test(event.target.type);
        if (event instanceof KeyboardEvent && event.key === "Enter" && isText) this.#internals.form?.requestSubmit();
      });
      return root;
    }

    #update(isReset: boolean): void {
      this.#field?.update(isReset);
      this.#send();
    }

    attributeChangedCallback(): void {
      this.#update(false);
    }

    formResetCallback(): void {
      this.#update(true);
    }

    get value(): string {
      const value = this.#field?.value();
      return typeof value === "string" ? value : (this.getAttribute("value") ?? "");
    }

    get checked(): boolean {
      return typeof this.#field?.value() === "string";
    }
  }
  customElements.define(tag, FormField);
}

function notDrawn(tag: string): Drawing {
  return () => {
    complain(`<${tag}> is not simulated yet: draw it in test/simulators/shopify/client/polaris-elements.ts`);
    return undefined;
  };
}

document.adoptedStyleSheets = [pageSheet];
for (const tag of Object.keys(manifest)) {
  const field = FIELDS[tag];
  if (field) defineField(tag, field);
  else define(tag, CONTROLS[tag] ?? DRAWINGS[tag] ?? notDrawn(tag));
}
watchPage();
