import type { TitleKey } from "../../components/page-title.ts";

/** The first that matches counts. A route's own `handle` is not known before its code has arrived. */
const NAMES: readonly (readonly [RegExp, TitleKey])[] = [
  [/^\/app\/?$/, "frame.page.home"],
  [/^\/app\/events\/./, "frame.page.event"],
  [/^\/app\/events/, "frame.page.events"],
  [/^\/app\/orders\//, "frame.page.order"],
  [/^\/app\/leads\/setup/, "frame.page.lead-setup"],
  [/^\/app\/leads\/./, "frame.page.lead"],
  [/^\/app\/leads/, "frame.page.leads"],
  [/^\/app\/settings\/versions\/./, "frame.page.version"],
  [/^\/app\/settings\/versions/, "frame.page.versions"],
  [/^\/app\/settings/, "frame.page.settings"],
  [/^\/app\/test/, "frame.page.test"],
  [/^\/app\/dry-run/, "frame.page.dry-run"],
  [/^\/app\/data-requests/, "frame.page.data-requests"],
  [/^\/app\/access/, "frame.page.access"],
  [/^\/app\/help/, "frame.page.help"],
];

/** What the page at an address of the app is called, before it is there; the app's own name for any other. */
export const pageNameOf = (pathname: string): TitleKey | "frame.app" =>
  NAMES.find(([pattern]) => pattern.test(pathname))?.[1] ?? "frame.app";
