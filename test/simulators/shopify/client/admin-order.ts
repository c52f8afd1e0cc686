import { DOMRemoteReceiver } from "@remote-dom/core/receivers";
import type { PolarisManifest } from "../polaris-manifest.ts";
import type {
  ElementAttributes,
  ExtensionSetup,
  FromExtension,
  ListenerReference,
  ToExtension,
} from "./extension-messages.ts";

// The admin's page of an order, around the app's block: it draws what the block's worker asks for, as far as the target
// allows it, answers with session tokens, and follows the block's links.

declare const POLARIS_MANIFEST: PolarisManifest;

type PageSetup = { readonly extension: ExtensionSetup; readonly base: string; readonly store: string };

const EXTENSIONS = "https://extensions.shopifycdn.com";

/** The admin's frame of a block: Polaris web components in an app's own pages have no such element. */
const FRAME = "admin-block";

/**
 * What a block may use: StandardComponents, AdminBlock and Form of @shopify/ui-extensions 2026.7.4
 * (BlockExtensionComponents.d.ts). Elements of an app's own pages, such as s-page and s-modal, are not among them.
 */
const OF_PAGES_ONLY = /^s-(?:page|modal|app-|empty-state|popover|image-gallery)/;

const tags: ElementAttributes = {
  "s-admin-block": ["heading", "collapsedsummary", "id"],
  ...Object.fromEntries(
    Object.entries(POLARIS_MANIFEST)
      .filter(([tag]) => !OF_PAGES_ONLY.test(tag))
      .map(([tag, { attributes }]) => [tag, [...Object.keys(attributes).map((name) => name.toLowerCase()), "id"]]),
  ),
};

// Written by the simulator's own server.
const setup = JSON.parse(document.getElementById("order-setup")?.textContent ?? "{}") as PageSetup;

const root = document.createElement("div");
const card = document.getElementById("order-block");
card?.append(root);

/** The block's frame is the admin's own: a card with its heading. */
function showFrame(): void {
  const block = root.querySelector(FRAME);
  const heading = block?.getAttribute("heading") ?? "";
  card?.setAttribute("aria-label", heading);
  const title = document.getElementById("order-block-title");
  if (title) title.textContent = heading;
}

const channel = new MessageChannel();
const post = (message: ToExtension): void => channel.port1.postMessage(message);

const isListener = (value: unknown): value is ListenerReference =>
  typeof value === "object" && value !== null && "listener" in value;

/** Puts a function where the worker had one, and the admin's frame where it has the block. */
function revived(value: unknown): unknown {
  if (isListener(value)) return () => post({ kind: "event", listener: value.listener });
  if (Array.isArray(value)) return value.map(revived);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, part === "s-admin-block" ? FRAME : revived(part)]),
  );
}

const receiver = new DOMRemoteReceiver({
  root,
  elements: Object.fromEntries(
    Object.entries(tags).map(([tag, attributes]) => [
      tag === "s-admin-block" ? FRAME : tag,
      { properties: {}, attributes: [...attributes, "slot"], events: { click: {} }, methods: [] },
    ]),
  ),
});

type Records = Parameters<typeof receiver.connection.mutate>[0];

async function answer(message: FromExtension): Promise<void> {
  switch (message.kind) {
    case "mutate":
      // The worker's remote-dom made them.
      receiver.connection.mutate(message.records.map(revived) as Records);
      showFrame();
      break;
    case "id-token": {
      const response = await fetch(`/simulator/id-token?store=${encodeURIComponent(setup.store)}`);
      post({ kind: "id-token", token: (await response.json()) as string });
      break;
    }
    case "problem":
      reportError(new Error(`extension: ${message.text}`));
      break;
  }
}

/** `app:` and relative addresses are the app's own, `shopify:admin` is the admin's ("Custom protocols", 2026-07). */
function follow(href: string): void {
  const inAdmin = /^shopify:admin\/(.*)$/.exec(href)?.[1];
  const inApp = /^(?:app:)?\/?(.*)$/.exec(href)?.[1] ?? "";
  location.assign(inAdmin === undefined ? `${setup.base}/${inApp}` : `/store/${setup.store}/${inAdmin}`);
}

root.addEventListener("click", (event) => {
  const link = event.composedPath().find((node) => node instanceof Element && node.localName === "s-link");
  const href = link instanceof Element ? link.getAttribute("href") : null;
  if (href === null || /^https?:/.test(href)) return;
  event.preventDefault();
  follow(href);
});

channel.port1.onmessage = ({ data }: MessageEvent<FromExtension>) => void answer(data);
const frame = document.createElement("iframe");
frame.hidden = true;
frame.src = `${EXTENSIONS}/load.html?store=${encodeURIComponent(setup.store)}`;
frame.addEventListener("load", () => {
  frame.contentWindow?.postMessage(null, EXTENSIONS, [channel.port2]);
  post({ kind: "start", setup: setup.extension, tags });
});
document.body.append(frame);
