import { banner, type Drawing, emptyState, heading, modal, page, section } from "./polaris-sections.ts";
import { make, put, setOwn, slot } from "./polaris-setup.ts";
import { spaces } from "./polaris-style.ts";

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

/**
 * On a narrow screen a table is a list, where each value stands behind the label of its column unless the column's header
 * has another place for it (`listSlot`, whose default is `labeled`: custom-elements.json 1.1.0).
 */
const cell: Drawing = (host, root) => {
  setOwn(host, "role", "cell");
  const label = make("span", { class: "cell-label" });
  root.append(label, slot());
  return () => {
    const column = [...(host.parentElement?.children ?? [])].indexOf(host);
    const header = host.closest("s-table")?.querySelectorAll("s-table-header").item(column);
    const isLabeled = (header?.getAttribute("listslot") ?? "labeled") === "labeled";
    put(label, "data-label", isLabeled ? (header?.textContent ?? null) : null);
  };
};

/** It takes up room, so that it is seen. */
const spinner: Drawing = (host, root) => {
  const ring = make("span", { role: "status" });
  ring.style.cssText = "display: block; border: 3px solid #b5b5b5; border-top-color: #303030; border-radius: 50%";
  root.append(ring);
  return () => {
    const size = host.getAttribute("size")?.startsWith("large") ? "2.75rem" : "1.25rem";
    Object.assign(ring.style, { boxSizing: "border-box", inlineSize: size, blockSize: size });
    put(ring, "aria-label", host.getAttribute("accessibilitylabel"));
  };
};

const progress: Drawing = (host, root) => {
  const bar = make("progress");
  root.append(bar);
  return () => {
    for (const name of ["max", "value"]) put(bar, name, host.getAttribute(name));
    put(bar, "aria-label", host.getAttribute("accessibilitylabel"));
  };
};

const plain: Drawing = (_host, root) => {
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

/** How each element is drawn, apart from fields and controls; what is not here is not simulated yet. */
export const DRAWINGS: Readonly<Record<string, Drawing>> = {
  "s-badge": plain,
  "s-banner": banner,
  "s-box": box("block"),
  "s-button-group": withSlots("secondary-actions", "", "primary-action"),
  "s-chip": withSlots("graphic", ""),
  "s-choice": plain,
  "s-divider": withSlots(),
  "s-empty-state": emptyState,
  "s-grid": box("grid"),
  "s-grid-item": box("block"),
  "s-heading": heading,
  "s-icon": withSlots(),
  "s-image": picture,
  "s-list-item": withRole("listitem"),
  "s-modal": modal,
  "s-option": plain,
  "s-option-group": plain,
  "s-ordered-list": withRole("list"),
  "s-page": page,
  "s-paragraph": plain,
  "s-progress": progress,
  "s-query-container": plain,
  "s-section": section,
  "s-spinner": spinner,
  "s-stack": box("flex"),
  "s-table": table,
  "s-table-body": withRole("rowgroup"),
  "s-table-cell": cell,
  "s-table-header": withRole("columnheader"),
  "s-table-header-row": withRole("row"),
  "s-table-row": withRole("row"),
  "s-text": plain,
  "s-thumbnail": picture,
  "s-tooltip": plain,
  "s-unordered-list": withRole("list"),
};
