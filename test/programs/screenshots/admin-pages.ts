import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

const ROUTES = path.resolve(import.meta.dirname, "../../../app/routes");

export const STATES = ["full", "empty", "loading", "error"] as const;
export type State = (typeof STATES)[number];
export const WIDTHS = [1280, 390] as const;
/** Of these pages the README shows the top, by the names of their pictures. */
export const IN_README = ["home", "events", "events-name-id", "settings-purchase"] as const;
/** The simulated Events Manager. */
export const EVENTS_MANAGER = "events-manager.webp";
export const FOLDER = path.resolve(import.meta.dirname, "../../../docs/screenshots");

/** A page of the embedded admin. */
export type AdminPage = {
  /** For the name of its pictures. */
  readonly name: string;
  /** As the router matches it: `/app/orders/:id`. */
  readonly pattern: string;
};

/** Every route below /app that shows something, by Remix's rules for file names. */
export const adminPages = (): readonly AdminPage[] =>
  readdirSync(ROUTES)
    .filter((entry) => /^app\./.test(entry) && showsSomething(entry))
    .map((entry) => {
      const parts = entry
        .replace(/\.tsx?$/, "")
        .split(".")
        .filter((part) => part !== "_index");
      const segments = parts.map((part) => part.replace(/_$/, "").replace(/^\$/, ":"));
      return { name: segments.slice(1).join("-").replaceAll(":", "") || "home", pattern: `/${segments.join("/")}` };
    });

function showsSomething(entry: string): boolean {
  const file = path.join(ROUTES, entry);
  const source = statSync(file).isDirectory() ? path.join(file, "route.tsx") : file;
  return source.endsWith(".tsx") && /^export default /m.test(readFileSync(source, "utf8"));
}

export const pictureOf = ({ name }: AdminPage, state: State, width: number): string => `${name}-${state}-${width}.webp`;
export const topOf = (name: string): string => `${name}-top.webp`;

/** Every file in the folder. */
export const allPictures = (): readonly string[] => [
  ...adminPages().flatMap((page) => STATES.flatMap((state) => WIDTHS.map((width) => pictureOf(page, state, width)))),
  ...IN_README.map(topOf),
  EVENTS_MANAGER,
];
