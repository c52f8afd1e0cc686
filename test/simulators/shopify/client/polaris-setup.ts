import type { PolarisManifest } from "../polaris-manifest.ts";

// Written into the bundle by the simulator's server (client-bundles.ts).
declare const POLARIS_MANIFEST: PolarisManifest;
declare const POLARIS_TOKENS: string;

export const manifest: PolarisManifest = POLARIS_MANIFEST;
export const tokens: string = POLARIS_TOKENS;

/** Attributes that the stand-in itself puts on an element of the page, so that they are not taken for the app's. */
const ownAttributes = new WeakMap<Element, Set<string>>();

export function setOwn(host: Element, name: string, value: string): void {
  const names = ownAttributes.get(host) ?? new Set();
  ownAttributes.set(host, names.add(name));
  if (host.getAttribute(name) !== value) host.setAttribute(name, value);
}

export const isOwn = (host: Element, name: string): boolean => ownAttributes.get(host)?.has(name) ?? false;

/** A fault fails the test whose page has it, as any uncaught error does. */
export const complain = (what: string): void => reportError(new Error(`Polaris stand-in: ${what}`));

type Attributes = Readonly<Record<string, string>>;

export function make<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: (Node | string)[]
): HTMLElementTagNameMap[Tag] {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

export const slot = (name = ""): HTMLSlotElement => make("slot", name === "" ? {} : { name });

/** Sets the attribute, or removes it without a value. */
export function put(node: Element, name: string, value: string | null): void {
  if (value === null || value === "") node.removeAttribute(name);
  else node.setAttribute(name, value);
}
