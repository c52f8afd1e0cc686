import type { ShopifyGlobal } from "@shopify/app-bridge-types";
import type { Ask, FromApp, ToApp } from "./bridge-messages.ts";
import { defineBridgeElements, pressSaveBar, saveBarApi, watchSaveBarForms } from "./bridge-elements.ts";

// The stand-in for https://cdn.shopify.com/shopifycloud/app-bridge.js, written from its documentation.

const ADMIN = "https://admin.shopify.com";
const query = new URLSearchParams(location.search);

const apiKey =
  document.querySelector<HTMLScriptElement>("script[data-api-key]")?.dataset["apiKey"] ??
  document.querySelector<HTMLMetaElement>('meta[name="shopify-api-key"]')?.content;
if (!apiKey) throw new Error("App Bridge: no API key in data-api-key or the shopify-api-key meta tag");

/** Shop and host come with the first address only; later pages of the app find them in the session's storage. */
function remembered(name: string): string {
  const given = query.get(name);
  if (given !== null) sessionStorage.setItem(`app-bridge:${name}`, given);
  return given ?? sessionStorage.getItem(`app-bridge:${name}`) ?? "";
}

let lastId = 0;
const waiting = new Map<number, (value: unknown) => void>();

export function ask(message: Ask): Promise<unknown> {
  lastId += 1;
  const id = lastId;
  const sent: FromApp = { appBridge: true, id, ...message };
  parent.postMessage(sent, ADMIN);
  return new Promise((resolve) => waiting.set(id, resolve));
}

/** The app's router listens for this event on links. */
function navigate(href: string): void {
  const link = document.createElement("a");
  link.href = href;
  document.body.append(link);
  link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
  link.remove();
}

addEventListener("message", ({ origin, data }: MessageEvent<ToApp | undefined>) => {
  if (origin !== ADMIN || data?.appBridge !== true) return;
  switch (data.kind) {
    case "answer":
      waiting.get(data.id)?.(data.value);
      waiting.delete(data.id);
      break;
    case "navigate":
      navigate(data.href);
      break;
    case "saveBar":
      pressSaveBar(data.press);
      break;
  }
});

// The shell answers idToken with text.
const idToken = async (): Promise<string> => String(await ask({ name: "idToken" }));

const RETRY = "x-shopify-retry-invalid-session-request";
const REAUTHORIZE = "x-shopify-api-request-failure-reauthorize-url";

/** Adds a fresh session token to the app's fetches; retries a refused one once. */
function authenticateFetch(): void {
  const real = window.fetch.bind(window);
  window.fetch = async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (url.origin !== location.origin) return real(input, init);
    const send = async (token: string): Promise<Response> => {
      const request = new Request(input instanceof Request ? input.clone() : input, init);
      const headers = new Headers(request.headers);
      if (!headers.has("authorization")) headers.set("authorization", `Bearer ${token}`);
      if (!headers.has("x-requested-with")) headers.set("x-requested-with", "XMLHttpRequest");
      return real(new Request(request, { headers }));
    };
    const first = await send(await idToken());
    const answer = first.headers.get(RETRY) === "1" ? await send(await idToken()) : first;
    const leave = answer.headers.get(REAUTHORIZE);
    if (leave !== null) void ask({ name: "redirect", data: new URL(leave, location.href).href });
    return answer;
  };
}

/** A link of Polaris' own elements to a page of the app is the app's router's to follow. */
function followInApp(event: MouseEvent, link: Element | null): void {
  const href = link?.getAttribute("href") ?? "";
  const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  if (!link?.localName.startsWith("s-") || !href.startsWith("/") || !isPlain) return;
  if (link.hasAttribute("target") || link.hasAttribute("download")) return;
  event.preventDefault();
  link.dispatchEvent(new CustomEvent("shopify:navigate", { bubbles: true, cancelable: true }));
}

/** Only the admin's own window can leave the iframe. */
function openOutside(): void {
  const real = window.open.bind(window);
  window.open = (url, target, features) => {
    if (target !== "_top" && target !== "_parent" && !String(url).startsWith("shopify:")) {
      return real(url, target, features);
    }
    void ask({ name: "redirect", data: String(url) });
    return null;
  };
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a, s-link, s-button, s-clickable") : null;
    const href = link?.getAttribute("href") ?? "";
    if (!href.startsWith("shopify:") && link?.getAttribute("target") !== "_top") return followInApp(event, link);
    event.preventDefault();
    void ask({ name: "redirect", data: href.startsWith("shopify:") ? href : new URL(href, location.href).href });
  });
}

const SHOPIFY_PARAMETERS = ["embedded", "shop", "host", "id_token", "locale", "session", "timestamp", "hmac"];

function reportLocation(): void {
  const report = (): void => {
    const url = new URL(location.href);
    for (const name of SHOPIFY_PARAMETERS) url.searchParams.delete(name);
    void ask({ name: "location", data: `${url.pathname}${url.search}` });
  };
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  history.pushState = (...args) => {
    push(...args);
    report();
  };
  history.replaceState = (...args) => {
    replace(...args);
    report();
  };
  addEventListener("popstate", report);
  report();
}

/** The bounce page: it shows nothing and reloads with a fresh token. */
async function bounce(): Promise<boolean> {
  const reload = query.get("shopify-reload");
  if (reload === null) return false;
  const url = new URL(reload, location.origin);
  url.searchParams.set("id_token", await idToken());
  location.replace(url);
  return true;
}

let toasts = 0;

type Simulated = Pick<ShopifyGlobal, "config" | "origin" | "ready" | "idToken" | "saveBar"> & {
  readonly toast: Pick<ShopifyGlobal["toast"], "show" | "hide">;
  readonly loading: (on?: boolean) => void;
  readonly app: ShopifyGlobal["app"];
  readonly environment: Readonly<Record<string, boolean>>;
  readonly user: () => Promise<object>;
  readonly scopes: { readonly query: () => Promise<unknown> };
};

const shopify: Simulated = {
  config: { apiKey, shop: remembered("shop"), host: remembered("host"), locale: remembered("locale") },
  origin: ADMIN,
  ready: Promise.resolve(),
  environment: { embedded: true, mobile: false, intent: false, pos: false },
  idToken,
  saveBar: saveBarApi,
  loading: (on = true) => void ask({ name: "loading", data: on }),
  toast: {
    show: (message, options = {}) => {
      toasts += 1;
      const id = `toast-${toasts}`;
      const { isError = false, duration = 5000 } = options;
      void ask({ name: "toast", data: { id, message, isError, duration } });
      return id;
    },
    hide: (id) => void ask({ name: "hideToast", data: id }),
  },
  // The simulator's server answers in the types' shape.
  app: {
    extensions: async () =>
      (await ask({ name: "extensions" })) as Awaited<ReturnType<ShopifyGlobal["app"]["extensions"]>>,
  },
  user: () => Promise.resolve({ id: 96_841_203_761, firstName: "Sam", lastName: "Keeper", accountAccess: "full" }),
  scopes: { query: () => ask({ name: "scopes" }) },
};
Object.assign(window, { shopify });

authenticateFetch();
openOutside();
defineBridgeElements(ask);
void bounce().then((leaving) => {
  if (leaving) return;
  reportLocation();
  watchSaveBarForms();
});
