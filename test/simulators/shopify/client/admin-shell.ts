import type { FromApp, NavLink, SaveBarState, ToApp } from "./bridge-messages.ts";

// The admin around the app's iframe: title, navigation, toasts, save bar, session tokens.

type ShellSetup = { readonly appOrigin: string; readonly base: string; readonly store: string };

// Written by the simulator's own server.
const setup = JSON.parse(document.getElementById("shell-setup")?.textContent ?? "{}") as ShellSetup;

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const node = document.getElementById(id);
  if (node instanceof kind) return node;
  throw new Error(`the shell has no ${id}`);
}

const frame = element("app-iframe", HTMLIFrameElement);
const post = (message: ToApp): void => frame.contentWindow?.postMessage(message, setup.appOrigin);

const fetchJson = async (path: string): Promise<unknown> =>
  (await fetch(`${path}?store=${encodeURIComponent(setup.store)}`)).json();

function showNavigation(links: readonly NavLink[]): void {
  const items = links
    .filter((link) => !link.isHome)
    .map((link) => {
      const anchor = document.createElement("a");
      anchor.textContent = link.label;
      anchor.href = `${setup.base}${link.href}`;
      anchor.addEventListener("click", (event) => {
        event.preventDefault();
        post({ appBridge: true, kind: "navigate", href: link.href });
      });
      const item = document.createElement("li");
      item.append(anchor);
      return item;
    });
  element("app-nav", HTMLUListElement).replaceChildren(...items);
}

function showToast({ id, message, isError, duration }: Extract<FromApp, { name: "toast" }>["data"]): void {
  const toast = document.createElement("p");
  toast.id = id;
  toast.textContent = message;
  if (isError) toast.className = "error";
  element("toasts", HTMLDivElement).append(toast);
  setTimeout(() => toast.remove(), duration);
}

function showSaveBar(state: SaveBarState): void {
  element("save-bar", HTMLDivElement).hidden = !state.visible;
  element("save", HTMLButtonElement).textContent = state.saveLabel;
  const discard = element("discard", HTMLButtonElement);
  discard.hidden = state.discardLabel === null;
  discard.textContent = state.discardLabel;
}

/** `shopify://admin/…` names a page of the admin; apart from that only https leaves. */
function redirectTo(address: string): void {
  const inAdmin = /^shopify:(?:\/\/admin)?\/(.*)$/.exec(address)?.[1];
  const url = inAdmin === undefined ? address : `https://admin.shopify.com/store/${setup.store}/${inAdmin}`;
  if (/^https?:/.test(url)) location.assign(url);
}

type Question = Extract<FromApp, { name: "idToken" | "extensions" | "scopes" | "leaveConfirmation" }>;
type Shown = Exclude<FromApp, Question>;

const ANSWERS: Readonly<Record<Question["name"], () => Promise<unknown>>> = {
  idToken: () => fetchJson("/simulator/id-token"),
  extensions: () => fetchJson("/simulator/extensions"),
  scopes: () => fetchJson("/simulator/scopes"),
  leaveConfirmation: () => Promise.resolve(confirm("Discard unsaved changes?")),
};

const isQuestion = (message: FromApp): message is Question => message.name in ANSWERS;

async function answer(message: FromApp): Promise<unknown> {
  if (isQuestion(message)) return ANSWERS[message.name]();
  show(message);
  return undefined;
}

function show(message: Shown): void {
  switch (message.name) {
    case "loading":
      document.body.toggleAttribute("data-loading", message.data);
      break;
    case "toast":
      showToast(message.data);
      break;
    case "hideToast":
      document.getElementById(message.data)?.remove();
      break;
    case "title":
      element("app-title", HTMLHeadingElement).textContent = message.data;
      break;
    case "nav":
      showNavigation(message.data);
      break;
    case "saveBar":
      showSaveBar(message.data);
      break;
    case "location":
      history.replaceState({}, "", `${setup.base}${message.data === "/" ? "" : message.data}`);
      break;
    case "redirect":
      redirectTo(message.data);
      break;
  }
}

addEventListener("message", ({ origin, source, data }: MessageEvent<FromApp | undefined>) => {
  if (origin !== setup.appOrigin || source !== frame.contentWindow || data?.appBridge !== true) return;
  void answer(data).then((value) => post({ appBridge: true, kind: "answer", id: data.id, value }));
});

for (const press of ["save", "discard"] as const) {
  element(press, HTMLButtonElement).addEventListener("click", () => post({ appBridge: true, kind: "saveBar", press }));
}
