import { make, put, setOwn, slot } from "./polaris-setup.ts";

/** Draws an element once into its shadow, and returns what follows its attributes. */
export type Drawing = (host: HTMLElement, root: ShadowRoot) => (() => void) | undefined;

/** How deep an element is in sections with a heading of their own: headings "adjust their level" to it (shopify.dev, Heading, 2026-11). */
function levelOf(host: Element): number {
  let level = 2;
  for (let outer = host.parentElement; outer !== null; outer = outer.parentElement) {
    if (outer.localName === "s-section" && outer.hasAttribute("heading")) level += 1;
  }
  return Math.min(level, 6);
}

const headingOf = (host: Element, level: number): HTMLHeadingElement => {
  const heading = document.createElement(`h${level}`) as HTMLHeadingElement;
  heading.textContent = host.getAttribute("heading");
  heading.hidden = heading.textContent === "";
  return heading;
};

// Assumption: a page shows its heading itself. App Bridge also puts it into the admin's title bar, where no test looks.
export const page: Drawing = (host, root) => {
  const title = headingOf(host, 1);
  const breadcrumbs = make("div", { class: "actions" }, slot("breadcrumb-actions"));
  const actions = [slot("secondary-actions"), slot("primary-action")];
  const header = make("div", { class: "header" }, title, ...actions);
  const rest = [slot("supplemental-start"), slot(), slot("aside")];
  root.append(make("div", { class: "page" }, breadcrumbs, header, ...rest));
  return () => {
    title.textContent = host.getAttribute("heading");
    title.hidden = title.textContent === "";
  };
};

export const section: Drawing = (host, root) => {
  const level = levelOf(host);
  const heading = headingOf(host, level);
  const accessories = [slot("graphic"), heading, slot("accessory"), slot("supplemental")];
  const actions = [slot("secondary-actions"), slot("primary-action")];
  const header = make("div", { class: "header" }, ...accessories, ...actions);
  const subheading = make("p", { class: "details" });
  root.append(make("div", { class: level > 2 ? "card nested" : "card" }, header, subheading, slot()));
  return () => {
    heading.textContent = host.getAttribute("heading");
    heading.hidden = heading.textContent === "";
    header.hidden = heading.hidden && host.querySelector(":scope > [slot]") === null;
    subheading.textContent = host.getAttribute("subheading");
    subheading.hidden = subheading.textContent === "";
    const name = host.getAttribute("accessibilitylabel") ?? host.getAttribute("heading");
    if (name === null) return;
    setOwn(host, "role", "region");
    setOwn(host, "aria-label", name);
  };
};

export const heading: Drawing = (host, root) => {
  const isPlain = ["none", "presentation"].includes(host.getAttribute("accessibilityrole") ?? "");
  root.append(isPlain ? slot() : make(`h${levelOf(host)}` as "h2", {}, slot()));
  return undefined;
};

export const banner: Drawing = (host, root) => {
  const title = headingOf(host, levelOf(host));
  const dismiss = make("button", { type: "button", "aria-label": "Dismiss" }, "×");
  dismiss.addEventListener("click", () => {
    host.dispatchEvent(new CustomEvent("dismiss"));
    host.hidden = true;
    host.dispatchEvent(new CustomEvent("afterhide"));
  });
  const actions = make("div", { class: "actions" }, slot("secondary-actions"));
  root.append(make("div", { class: "banner" }, title, dismiss, slot(), actions));
  return () => {
    title.textContent = host.getAttribute("heading");
    title.hidden = title.textContent === "";
    dismiss.hidden = !host.hasAttribute("dismissible");
  };
};

export const emptyState: Drawing = (host, root) => {
  const title = headingOf(host, levelOf(host));
  const actions = make("div", { class: "actions" }, slot("secondary-actions"), slot("primary-action"));
  root.append(make("div", { class: "card" }, slot("graphic"), title, slot("subheading"), actions));
  return () => {
    title.textContent = host.getAttribute("heading");
  };
};

export const modal: Drawing = (host, root) => {
  const dialog = make("dialog");
  const title = headingOf(host, 2);
  const actions = make("div", { class: "actions" }, slot("secondary-actions"), slot("primary-action"));
  dialog.append(title, slot(), actions);
  root.append(dialog);
  dialog.addEventListener("close", () => host.dispatchEvent(new CustomEvent("hide")));
  const show = (): void => {
    dialog.showModal();
    host.dispatchEvent(new CustomEvent("show"));
  };
  const hide = (): void => dialog.close();
  const toggle = (): void => (dialog.open ? hide() : show());
  Object.assign(host, { showOverlay: show, hideOverlay: hide, toggleOverlay: toggle });
  return () => {
    title.textContent = host.getAttribute("heading");
    put(dialog, "aria-label", host.getAttribute("accessibilitylabel") ?? host.getAttribute("heading"));
  };
};
