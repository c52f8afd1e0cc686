import { make, put, setOwn, slot } from "./polaris-setup.ts";
import { spaces } from "./polaris-style.ts";

/** Draws an element once into its shadow, and returns what follows its attributes. */
export type Drawing = (host: HTMLElement, root: ShadowRoot) => (() => void) | undefined;

const nothing = undefined;

const withSlots =
  (...names: readonly string[]): Drawing =>
  (_host, root) => {
    root.append(...names.map((name) => slot(name)));
    return nothing;
  };

/** An element whose role is on itself, where browsers and tests look for it. */
const withRole =
  (role: string): Drawing =>
  (host, root) => {
    setOwn(host, "role", role);
    root.append(slot());
    return nothing;
  };

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

const page: Drawing = (host, root) => {
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

const section: Drawing = (host, root) => {
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
    subheading.textContent = host.getAttribute("subheading");
    subheading.hidden = subheading.textContent === "";
    const name = host.getAttribute("accessibilitylabel") ?? host.getAttribute("heading");
    if (name === null) return;
    setOwn(host, "role", "region");
    setOwn(host, "aria-label", name);
  };
};

const heading: Drawing = (host, root) => {
  const isPlain = ["none", "presentation"].includes(host.getAttribute("accessibilityrole") ?? "");
  root.append(isPlain ? slot() : make(`h${levelOf(host)}` as "h2", {}, slot()));
  return nothing;
};

const banner: Drawing = (host, root) => {
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

const emptyState: Drawing = (host, root) => {
  const title = headingOf(host, levelOf(host));
  const actions = make("div", { class: "actions" }, slot("secondary-actions"), slot("primary-action"));
  root.append(make("div", { class: "card" }, slot("graphic"), title, slot("subheading"), actions));
  return () => {
    title.textContent = host.getAttribute("heading");
  };
};

const BOX_STYLES: Readonly<Record<string, string>> = {
  padding: "padding",
  paddingblock: "padding-block",
  paddingblockstart: "padding-block-start",
  paddingblockend: "padding-block-end",
  paddinginline: "padding-inline",
  paddinginlinestart: "padding-inline-start",
  paddinginlineend: "padding-inline-end",
  gap: "gap",
  rowgap: "row-gap",
  columngap: "column-gap",
  alignitems: "align-items",
  justifyitems: "justify-items",
  justifycontent: "justify-content",
  aligncontent: "align-content",
  gridtemplatecolumns: "grid-template-columns",
  gridtemplaterows: "grid-template-rows",
  inlinesize: "inline-size",
  mininlinesize: "min-inline-size",
  maxinlinesize: "max-inline-size",
  blocksize: "block-size",
  overflow: "overflow",
};

/** A responsive value is `@container (condition) yes, no`; the stand-in takes what applies to a narrow page. */
const plainValue = (value: string): string => /^@container[^,]*\) *.*, *(.*)$/.exec(value)?.[1] ?? value;

const box =
  (display: "block" | "flex" | "grid"): Drawing =>
  (host, root) => {
    const inner = make("div", {}, slot());
    root.append(inner);
    return () => {
      inner.style.display = display;
      if (display === "flex") {
        inner.style.flexWrap = "wrap";
        inner.style.flexDirection = host.getAttribute("direction") === "inline" ? "row" : "column";
        if (inner.style.flexDirection === "column") inner.style.flexWrap = "nowrap";
      }
      for (const [attribute, property] of Object.entries(BOX_STYLES)) {
        const value = host.getAttribute(attribute);
        if (value !== null) inner.style.setProperty(property, spaces(plainValue(value)));
      }
      const role = host.getAttribute("accessibilityrole");
      put(inner, "role", role === "status" || role === "alert" ? role : null);
    };
  };

const table: Drawing = (host, root) => {
  const turn = (name: "previouspage" | "nextpage", label: string): HTMLButtonElement => {
    const button = make("button", { type: "button" }, label);
    button.addEventListener("click", () => host.dispatchEvent(new CustomEvent(name)));
    return button;
  };
  const previous = turn("previouspage", "Previous page");
  const next = turn("nextpage", "Next page");
  const pages = make("div", { class: "actions" }, previous, next);
  root.append(slot("filters"), make("div", { class: "table", role: "table" }, slot()), pages);
  return () => {
    pages.hidden = !host.hasAttribute("paginate");
    previous.disabled = !host.hasAttribute("haspreviouspage");
    next.disabled = !host.hasAttribute("hasnextpage");
  };
};

const labelled =
  (role: string): Drawing =>
  (host, root) => {
    const inner = make("span", { role }, slot());
    root.append(inner);
    return () => put(inner, "aria-label", host.getAttribute("accessibilitylabel"));
  };

const strong: Drawing = (_host, root) => {
  root.append(slot());
  return nothing;
};

const picture: Drawing = (host, root) => {
  const image = make("img");
  root.append(image);
  return () => {
    put(image, "src", host.getAttribute("src"));
    image.alt = host.getAttribute("alt") ?? "";
  };
};

const modal: Drawing = (host, root) => {
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

/** How each element is drawn, apart from fields and controls; what is not here is not simulated yet. */
export const DRAWINGS: Readonly<Record<string, Drawing>> = {
  "s-badge": strong,
  "s-banner": banner,
  "s-box": box("block"),
  "s-button-group": withSlots("secondary-actions", "", "primary-action"),
  "s-chip": withSlots("graphic", ""),
  "s-choice": strong,
  "s-divider": withSlots(),
  "s-empty-state": emptyState,
  "s-grid": box("grid"),
  "s-grid-item": box("block"),
  "s-heading": heading,
  "s-icon": withSlots(),
  "s-image": picture,
  "s-list-item": withRole("listitem"),
  "s-modal": modal,
  "s-option": strong,
  "s-option-group": strong,
  "s-ordered-list": withRole("list"),
  "s-page": page,
  "s-paragraph": strong,
  "s-progress": labelled("progressbar"),
  "s-query-container": strong,
  "s-section": section,
  "s-spinner": labelled("status"),
  "s-stack": box("flex"),
  "s-table": table,
  "s-table-body": withRole("rowgroup"),
  "s-table-cell": withRole("cell"),
  "s-table-header": withRole("columnheader"),
  "s-table-header-row": withRole("row"),
  "s-table-row": withRole("row"),
  "s-text": strong,
  "s-thumbnail": picture,
  "s-tooltip": strong,
  "s-unordered-list": withRole("list"),
};
