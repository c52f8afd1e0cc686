import type { FromWorker, ToWorker } from "./setup.ts";

// What surrounds an app's bundle in the strict sandbox. The bundle sees `shopify` as a parameter, never as a global, and
// a global scope without the ways to load more code or to reach around the page. Which globals Shopify removes is not
// documented; this removes more rather than less.

type Listener = (event: unknown) => unknown;

const REMOVED = [
  "importScripts",
  "XMLHttpRequest",
  "indexedDB",
  "caches",
  "WebSocket",
  "EventSource",
  "Worker",
  "BroadcastChannel",
];
for (const name of REMOVED) Object.defineProperty(self, name, { value: undefined, configurable: false });

// A worker's own postMessage has no target origin; TypeScript sees the page's.
const post = (message: FromWorker): void => (self as unknown as Worker).postMessage(message);

let calls = 0;
type Waiting = { readonly resolve: (value: unknown) => void; readonly reject: (problem: Error) => void };
const waiting = new Map<number, Waiting>();

const call =
  (method: string) =>
  (...args: unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      calls += 1;
      waiting.set(calls, { resolve, reject });
      post({ kind: "call", call: calls, method, args });
    });

const storage = (name: string) => ({
  getItem: call(`${name}.getItem`),
  setItem: call(`${name}.setItem`),
  removeItem: call(`${name}.removeItem`),
  key: call(`${name}.key`),
  length: call(`${name}.length`),
  clear: call(`${name}.clear`),
});

const browser = {
  cookie: { get: call("cookie.get"), set: call("cookie.set") },
  localStorage: storage("localStorage"),
  sessionStorage: storage("sessionStorage"),
  sendBeacon: call("sendBeacon"),
};

function createBus() {
  const listeners = new Map<string, Set<Listener>>();
  return {
    subscribe(name: string, listener: Listener): () => boolean {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known.add(listener));
      return () => known.delete(listener);
    },
    emit(names: readonly string[], event: unknown): void {
      for (const name of names) for (const listener of listeners.get(name) ?? []) void listener(event);
    },
  };
}

const analytics = createBus();
const customerPrivacy = createBus();

const namesOf = (name: string, type: string): string[] => [
  name,
  "all_events",
  type === "custom" ? "all_custom_events" : "all_standard_events",
];

type Bundle = (shopify: { extend(point: string, run: (api: object) => unknown): void }) => void;

const EXTENSION_POINT = "WebPixel::Render";
let bundle: Bundle | null = null;

function start(message: Extract<ToWorker, { kind: "start" }>): void {
  bundle?.({
    extend: (point, run) => {
      if (point !== EXTENSION_POINT) throw new Error(`unknown extension point ${point}`);
      run({
        settings: message.settings,
        init: message.init,
        browser,
        analytics: { subscribe: analytics.subscribe },
        customerPrivacy: { subscribe: customerPrivacy.subscribe },
        _pixelInfo: {},
      });
    },
  });
}

self.addEventListener("message", ({ data }: MessageEvent<ToWorker>) => {
  switch (data.kind) {
    case "start":
      start(data);
      break;
    case "event":
      analytics.emit(namesOf(data.event.name, data.event.type), data.event);
      break;
    case "consent":
      customerPrivacy.emit([data.name], { customerPrivacy: data.customerPrivacy });
      break;
    case "answer":
      if (data.problem === undefined) waiting.get(data.call)?.resolve(data.value);
      else waiting.get(data.call)?.reject(new Error(data.problem));
      waiting.delete(data.call);
      break;
  }
});

self.addEventListener("unhandledrejection", (event) => post({ kind: "problem", text: String(event.reason) }));

// The server puts the app's bundle after this script, wrapped in a call of this function.
Object.defineProperty(self, "webPixelsManager", {
  value: {
    load: (loaded: Bundle) => {
      bundle = loaded;
      post({ kind: "ready" });
    },
  },
});
