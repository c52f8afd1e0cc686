import type { Drawing } from "./polaris-sections.ts";
import { make, put, slot } from "./polaris-setup.ts";

type Overlay = Element & Readonly<Partial<Record<"showOverlay" | "hideOverlay" | "toggleOverlay", () => void>>>;

const COMMANDS = {
  "--auto": "toggleOverlay",
  "--show": "showOverlay",
  "--hide": "hideOverlay",
  "--toggle": "toggleOverlay",
} as const;

/** Shows or hides what `commandfor` names. */
function command(host: HTMLElement): void {
  const target = document.getElementById(host.getAttribute("commandfor") ?? "") as Overlay | null;
  const name = host.getAttribute("command") ?? "--auto";
  if (name in COMMANDS) target?.[COMMANDS[name as keyof typeof COMMANDS]]?.();
}

/**
 * A button or a link, as `href` decides. A button in a shadow is in no form, so it sends the form around its element.
 * Where a link leads within the app is App Bridge's business (app-bridge.ts).
 */
export const control =
  (className: string, formOf: (host: HTMLElement) => HTMLFormElement | null): Drawing =>
  (host, root) => {
    const href = host.getAttribute("href");
    const inner = href === null ? make("button", { type: "button" }) : make("a");
    inner.className = className;
    inner.append(slot());
    root.append(inner);
    inner.addEventListener("click", () => {
      const form = formOf(host);
      if (host.getAttribute("type") === "submit") form?.requestSubmit();
      if (host.getAttribute("type") === "reset") form?.reset();
      command(host);
    });
    return () => {
      const isBusy = host.hasAttribute("loading");
      put(inner, "aria-label", host.getAttribute("accessibilitylabel"));
      put(inner, "aria-busy", isBusy ? "true" : null);
      for (const name of ["href", "target", "download", "lang"]) put(inner, name, host.getAttribute(name));
      if (inner instanceof HTMLButtonElement) inner.disabled = isBusy || host.hasAttribute("disabled");
    };
  };
