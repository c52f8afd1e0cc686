import type { ConsentBook } from "./customer-privacy.ts";
import type { CustomerPrivacy, FromWorker, PageSetup, PixelSetup, ToWorker } from "./setup.ts";

// The stand-in for Shopify's web-pixels-manager: it runs each app pixel in a strict worker of the page, once the
// visitor's consent covers the purposes that the pixel declares, and replays to it what happened before.

type PixelEvent = Extract<ToWorker, { kind: "event" }>["event"];

const locationOf = () => {
  const { hash, host, hostname, href, origin, pathname, port, protocol, search } = location;
  return { hash, host, hostname, href, origin, pathname, port, protocol, search };
};

/** The event's `context`: what the page looked like. */
const context = () => ({
  document: {
    characterSet: document.characterSet,
    location: locationOf(),
    referrer: document.referrer,
    title: document.title,
  },
  navigator: {
    cookieEnabled: navigator.cookieEnabled,
    language: navigator.language,
    languages: [...navigator.languages],
    userAgent: navigator.userAgent,
  },
  window: {
    innerHeight,
    innerWidth,
    location: locationOf(),
    origin,
    outerHeight,
    outerWidth,
    pageXOffset: scrollX,
    pageYOffset: scrollY,
    screen: { height: screen.height, width: screen.width },
    screenX,
    screenY,
    scrollX,
    scrollY,
  },
});

let pageClientId = "";

/** Stored by the browser, if it stores anything. */
function clientId(): string {
  const key = "simulator:client-id";
  try {
    pageClientId ||= localStorage.getItem(key) ?? crypto.randomUUID();
    localStorage.setItem(key, pageClientId);
  } catch {
    pageClientId ||= crypto.randomUUID();
  }
  return pageClientId;
}

function text(value: unknown): string {
  if (typeof value === "string") return value;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function readCookie(name: unknown): string {
  if (name === undefined || name === null) return document.cookie;
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${text(name)}=`));
  return cookie === undefined ? "" : cookie.slice(text(name).length + 1);
}

function writeCookie(cookieOrName: unknown, value: unknown): string {
  document.cookie = value === undefined ? text(cookieOrName) : `${text(cookieOrName)}=${text(value)}`;
  return document.cookie;
}

// If the visitor blocks storage, accessing it throws; a pixel sees a rejected promise.
const storageCalls = (name: string, storage: () => Storage): [string, (...args: unknown[]) => unknown][] => [
  [`${name}.getItem`, (key) => storage().getItem(text(key))],
  [`${name}.setItem`, (key, value) => storage().setItem(text(key), text(value))],
  [`${name}.removeItem`, (key) => storage().removeItem(text(key))],
  [`${name}.key`, (index) => storage().key(Number(index))],
  [`${name}.length`, () => storage().length],
  [`${name}.clear`, () => storage().clear()],
];

/** What a pixel may call on the page, by name. Cookies and storage belong to the top frame. */
const CALLS = new Map<string, (...args: unknown[]) => unknown>([
  ["cookie.get", readCookie],
  ["cookie.set", writeCookie],
  ["sendBeacon", (url, body) => navigator.sendBeacon(text(url), new Blob([text(body)], { type: "text/plain" }))],
  ...storageCalls("localStorage", () => localStorage),
  ...storageCalls("sessionStorage", () => sessionStorage),
]);

function answerTo({ method, args }: Extract<FromWorker, { kind: "call" }>): { value: unknown; problem?: string } {
  try {
    return { value: CALLS.get(method)?.(...args) };
  } catch (problem) {
    return { value: undefined, problem: String(problem) };
  }
}

function answerCalls(worker: Worker): void {
  worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => {
    if (data.kind === "problem") console.error(`web pixel: ${data.text}`);
    if (data.kind !== "call") return;
    worker.postMessage({ kind: "answer", call: data.call, ...answerTo(data) } satisfies ToWorker);
  });
  worker.addEventListener("error", (problem) =>
    console.error(`web pixel: ${problem.message || "its worker script did not load"}`),
  );
}

function startWorker(pixel: PixelSetup, setup: PageSetup, customerPrivacy: CustomerPrivacy): Worker {
  const worker = new Worker(pixel.workerUrl);
  answerCalls(worker);
  const init = {
    context: context(),
    data: { cart: setup.cart, customer: null, purchasingCompany: null, shop: setup.shop },
    customerPrivacy,
  };
  worker.postMessage({ kind: "start", settings: pixel.settings, init } satisfies ToWorker);
  return worker;
}

/** Consent must cover every purpose that the pixel declares. With `ldu` a sale opt-out does not stop it. */
function isCovered({ purposes }: PixelSetup, book: ConsentBook): boolean {
  const now = book.current();
  return (
    (!purposes.analytics || now.analyticsProcessingAllowed) &&
    (!purposes.marketing || now.marketingAllowed) &&
    (!purposes.preferences || now.preferencesProcessingAllowed) &&
    (purposes.saleOfData !== "enabled" || now.saleOfDataAllowed)
  );
}

export type WebPixelsManager = {
  publish(name: string, data: unknown): void;
  publishCustom(name: string, customData: unknown): void;
};

export function startWebPixelsManager(setup: PageSetup, book: ConsentBook): WebPixelsManager {
  const history: PixelEvent[] = [];
  const running = new Map<string, Worker>();
  // `init` is "a snapshot of the page at time of page render", with "the initial customer privacy permissions on a page"
  // (shopify.dev, web pixels' standard API and Pixel Privacy, 2026-11).
  const initial = book.current();
  let isAnswered = false;
  let seq = 0;

  const post = (worker: Worker, event: PixelEvent): void =>
    worker.postMessage({ kind: "event", event } satisfies ToWorker);

  const postConsent = (worker: Worker): void =>
    worker.postMessage({
      kind: "consent",
      name: "visitorConsentCollected",
      customerPrivacy: book.current(),
    } satisfies ToWorker);

  const startCovered = (): void => {
    for (const pixel of setup.pixels) {
      if (running.has(pixel.id) || !isCovered(pixel, book)) continue;
      const worker = startWorker(pixel, setup, initial);
      running.set(pixel.id, worker);
      // Assumption, documented nowhere: a pixel that starts because of an answer receives that answer first.
      if (isAnswered) postConsent(worker);
      for (const event of history) post(worker, event);
    }
  };

  const emit = (type: string, name: string, content: object): void => {
    seq += 1;
    const event = {
      id: `sh-${crypto.randomUUID()}`,
      clientId: clientId(),
      name,
      type,
      seq,
      timestamp: new Date().toISOString(),
      context: context(),
      ...content,
    };
    history.push(event);
    for (const worker of running.values()) post(worker, event);
  };

  document.addEventListener("visitorConsentCollected", () => {
    isAnswered = true;
    for (const worker of running.values()) postConsent(worker);
    startCovered();
  });

  startCovered();
  return {
    publish: (name, data) => emit("standard", name, { data }),
    publishCustom: (name, customData) => emit("custom", name, { customData: customData ?? null }),
  };
}
