import { complain, isOwn, manifest } from "./polaris-setup.ts";

// What Shopify's reference does not know, or forbids, is an uncaught error of the page.

/** HTML's own; style and class are not among them: "the CSS cannot be altered or overridden" (shopify.dev, 2026-11). */
const GLOBAL = new Set(["id", "slot", "hidden", "lang", "dir", "key"]);

const BUTTONS = ["s-button"];
const BOX = ["s-table-header-row", "s-table-body"];

/**
 * Which children an element accepts, by slot ("" is the unnamed one). From the slots' descriptions in
 * custom-elements.json 1.1.0 ("Only accepts …") and from the reference of the table, select and app-nav (shopify.dev,
 * 2026-11). An element that is not here accepts any child.
 */
const ACCEPTED: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "s-app-nav": { "": ["s-link", "a"] },
  "s-banner": { "secondary-actions": BUTTONS },
  "s-button-group": { "": BUTTONS, "primary-action": BUTTONS, "secondary-actions": BUTTONS },
  "s-chip": { graphic: ["s-icon"] },
  "s-choice-list": { "": ["s-choice"] },
  "s-clickable-chip": { graphic: ["s-icon"] },
  "s-empty-state": {
    "primary-action": BUTTONS,
    "secondary-actions": BUTTONS,
    graphic: ["s-image", "s-icon", "s-box"],
    subheading: ["s-text", "s-link"],
  },
  "s-menu": { "": ["s-button", "s-section"] },
  "s-modal": { "primary-action": BUTTONS, "secondary-actions": BUTTONS },
  "s-option-group": { "": ["s-option"] },
  "s-ordered-list": { "": ["s-list-item"] },
  "s-page": {
    "breadcrumb-actions": ["s-link"],
    "primary-action": BUTTONS,
    "secondary-actions": ["s-button", "s-button-group"],
  },
  "s-section": {
    accessory: ["s-badge", "s-icon", "s-button", "s-menu", "s-text", "s-avatar", "s-thumbnail", "s-tooltip"],
    graphic: ["s-icon", "s-badge"],
    supplemental: ["s-badge", "s-avatar", "s-text", "s-icon", "s-thumbnail"],
  },
  "s-select": { "": ["s-option", "s-option-group"] },
  "s-table": { "": BOX },
  "s-table-body": { "": ["s-table-row"] },
  "s-table-header-row": { "": ["s-table-header"] },
  "s-table-row": { "": ["s-table-cell"] },
  "s-tooltip": { "": ["s-text", "s-paragraph"] },
  "s-unordered-list": { "": ["s-list-item"] },
};

/** Elements that stand only where their parent accepts them by name. */
const PARENTS = new Map<string, string[]>();
for (const [parent, slots] of Object.entries(ACCEPTED)) {
  for (const child of slots[""] ?? []) PARENTS.set(child, [...(PARENTS.get(child) ?? []), parent]);
}
const BOUND = new Set(["s-choice", "s-option", "s-option-group", "s-list-item", "s-table-body", "s-table-cell"]);
for (const tag of ["s-table-header", "s-table-header-row", "s-table-row"]) BOUND.add(tag);

const tagOf = (element: Element): string => element.localName;
const isPolaris = (element: Element): boolean => element.localName.startsWith("s-");

/** App Bridge's own elements and attribute (app-bridge-types 0.7.2): s-app-nav, s-app-window, `rel` on its links. */
const isBridges = (element: Element): boolean => /^s-app-/.test(tagOf(element));
const isNavRel = (element: Element, name: string): boolean =>
  name === "rel" && element.parentElement?.localName === "s-app-nav";

function checkAttribute(element: Element, { name, value }: Attr): void {
  if (GLOBAL.has(name) || name.startsWith("data-") || isOwn(element, name) || isNavRel(element, name)) return;
  const values = manifest[tagOf(element)]?.attributes[name];
  const where = `<${tagOf(element)} ${name}="${value}">`;
  if (values === undefined) complain(`${where}: there is no such attribute`);
  // Any value, "false" too, switches a boolean on; React 18 writes "true".
  else if (values === "boolean" && value !== "" && value !== "true") complain(`${where}: leave a false one out`);
  else if (values !== null && values !== "boolean" && !values.includes(value)) complain(`${where}: no such value`);
}

function checkPlace(element: Element): void {
  const parent = element.parentElement;
  if (parent === null) return;
  const name = element.slot;
  const known = manifest[tagOf(parent)];
  if (known !== undefined && !known.slots.includes(name)) complain(`<${tagOf(parent)}> has no slot "${name}"`);
  const accepted = ACCEPTED[tagOf(parent)]?.[name];
  if (accepted !== undefined && !accepted.includes(tagOf(element))) {
    complain(`<${tagOf(parent)}> accepts no <${tagOf(element)}> in its slot "${name}"`);
  }
  if (BOUND.has(tagOf(element)) && !(PARENTS.get(tagOf(element)) ?? []).includes(tagOf(parent))) {
    complain(`<${tagOf(element)}> must not stand in <${tagOf(parent)}>`);
  }
}

function checkElement(element: Element): void {
  checkPlace(element);
  if (!isPolaris(element) || isBridges(element)) return;
  if (manifest[tagOf(element)] === undefined) return complain(`there is no <${tagOf(element)}>`);
  for (const attribute of element.attributes) checkAttribute(element, attribute);
}

function checkTree(node: Node): void {
  if (!(node instanceof Element) || !node.isConnected) return;
  checkElement(node);
  for (const element of node.querySelectorAll("*")) checkElement(element);
}

/** Checks the page as it is now, and everything that comes into it. */
export function watchPage(): void {
  new MutationObserver((changes) => {
    for (const change of changes) {
      for (const node of change.addedNodes) checkTree(node);
      if (change.type === "attributes" && change.target instanceof Element && isPolaris(change.target)) {
        checkElement(change.target);
      }
    }
  }).observe(document, { subtree: true, childList: true, attributes: true });
  checkTree(document.documentElement);
}
