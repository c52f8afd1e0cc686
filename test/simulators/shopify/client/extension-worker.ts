import "@remote-dom/core/polyfill";
import { connectRemoteNode, createRemoteElement, setRemoteId } from "@remote-dom/core/elements";
import type { RemoteConnection } from "@remote-dom/core";
import type { ElementAttributes, ExtensionSetup, FromExtension, ToExtension } from "./extension-messages.ts";

// Where an admin UI extension runs: a worker with Shopify's own remote DOM, and of the admin what the target's API gives.
// From shopify.dev, "Admin UI extensions" (2026-07), and the types of @shopify/ui-extensions 2026.7.4.

/** The remote tree's root, by the name that @remote-dom/core gives it (constants, ROOT_ID). */
const ROOT_ID = "~";

let toPage: MessagePort | null = null;
const post = (message: FromExtension): void => toPage?.postMessage(message);
const complain = (text: string): void => post({ kind: "problem", text });

const listeners = new Map<number, (event?: unknown) => unknown>();
const waiting: ((token: string) => void)[] = [];

/** Functions do not cross to the page; a number stands for each. */
function crossing(value: unknown): unknown {
  if (typeof value === "function") {
    const listener = listeners.size;
    // The only functions in a mutation are the dispatchers of remote-dom.
    listeners.set(listener, value as () => unknown);
    return { listener };
  }
  if (Array.isArray(value)) return value.map(crossing);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, crossing(part)]));
}

const connection: RemoteConnection = {
  mutate: (records) => post({ kind: "mutate", records: records.map(crossing) }),
  call: () => {
    throw new Error("no method of an element is simulated");
  },
};

const idToken = (): Promise<string> =>
  new Promise((resolve) => {
    waiting.push(resolve);
    post({ kind: "id-token" });
  });

/** Attributes are case-insensitive in HTML; what the element does not have is a fault of the extension. */
function defineElements(tags: ElementAttributes): void {
  for (const [tag, attributes] of Object.entries(tags)) {
    class Strict extends createRemoteElement({ attributes: [...attributes], events: ["click"] }) {
      override setAttribute(name: string, value: string): void {
        const lower = name.toLowerCase();
        if (attributes.includes(lower)) super.setAttribute(lower, value);
        else complain(`<${tag}> has no attribute ${name}`);
      }
    }
    customElements.define(tag, Strict);
  }
}

const translator =
  (texts: ExtensionSetup["texts"]) =>
  (key: string, values: Readonly<Record<string, unknown>> = {}): string => {
    const text = texts[key];
    if (text === undefined) throw new Error(`the extension's locales have no text ${key}`);
    return text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_whole, name: string) => String(values[name]));
  };

const KNOWN = ["extend", "extension", "auth", "data", "i18n", "intents", "navigation", "picker", "query", "storage"];

/** `shopify`: what the target has and is not simulated fails as loudly as what it does not have. */
function apiOf(setup: ExtensionSetup, run: (extension: () => unknown) => void): object {
  const api: Readonly<Record<string, unknown>> = {
    extend: (target: string, extension: () => unknown) => {
      if (target !== setup.target) throw new Error(`this page has no target ${target}`);
      run(extension);
    },
    extension: { target: setup.target },
    auth: { idToken },
    data: { selected: [{ id: setup.selected }] },
    i18n: {
      translate: translator(setup.texts),
      formatNumber: (value: number, options?: Intl.NumberFormatOptions) =>
        new Intl.NumberFormat(setup.locale, options).format(value),
    },
    navigation: { navigate: (url: string) => complain(`no extension is simulated that ${url} could open`) },
  };
  return new Proxy(api, {
    get: (_target, name) => {
      if (typeof name === "string" && Object.hasOwn(api, name)) return api[name];
      const which = KNOWN.includes(String(name)) ? "is not simulated yet" : `is not in the API of ${setup.target}`;
      throw new Error(`shopify.${String(name)} ${which}`);
    },
  });
}

/** "Relative URLs passed to fetch() are resolved against your app's app_url", and the app gets an ID token. */
function authenticateFetch({ appUrl }: ExtensionSetup): void {
  const real = self.fetch.bind(self);
  self.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, appUrl);
    const headers = new Headers(init?.headers);
    if (url.origin === new URL(appUrl).origin) headers.set("authorization", `Bearer ${await idToken()}`);
    return real(url, { ...init, headers });
  };
}

declare function importScripts(...addresses: readonly string[]): void;

function start({ setup, tags }: Extract<ToExtension, { kind: "start" }>): void {
  defineElements(tags);
  authenticateFetch(setup);
  setRemoteId(document.body, ROOT_ID);
  connectRemoteNode(document.body, connection);
  const run = (extension: () => unknown): void => {
    Promise.resolve(extension()).catch((error: unknown) => complain(String(error)));
  };
  Object.defineProperty(self, "shopify", { value: apiOf(setup, run) });
  importScripts("/extension.js");
}

function take(message: ToExtension): void {
  switch (message.kind) {
    case "start":
      try {
        start(message);
      } catch (error) {
        complain(String(error));
      }
      break;
    case "id-token":
      waiting.shift()?.(message.token);
      break;
    case "event":
      listeners.get(message.listener)?.();
      break;
  }
}

// The polyfill has put its own addEventListener on the worker's scope.
self.onmessage = ({ ports }: MessageEvent) => {
  const [port] = ports;
  if (port === undefined) return;
  toPage = port;
  port.onmessage = ({ data }: MessageEvent<ToExtension>) => take(data);
};
self.onerror = (event) => complain(typeof event === "string" ? event : String((event as ErrorEvent).message));
