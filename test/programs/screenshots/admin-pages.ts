import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { CATALOGUES } from "../../../app/wording/every-language.ts";
import { flat } from "../../../app/wording/words.ts";

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
  /** The page's name, which its route has for the document's title. */
  readonly title: string;
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
      const name = segments.slice(1).join("-").replaceAll(":", "") || "home";
      return { name, pattern: `/${segments.join("/")}`, title: titleOf(entry) };
    });

function sourceOf(entry: string): string {
  const file = path.join(ROUTES, entry);
  return statSync(file).isDirectory() ? path.join(file, "route.tsx") : file;
}

const showsSomething = (entry: string): boolean =>
  sourceOf(entry).endsWith(".tsx") && /^export default /m.test(readFileSync(sourceOf(entry), "utf8"));

/** Read from the text, as a route's module needs the app's build. */
function titleOf(entry: string): string {
  const [, key = ""] =
    /^export const handle = \{ title: "(frame\.page\.[\w-]+)" \}/m.exec(readFileSync(sourceOf(entry), "utf8")) ?? [];
  const name = flat(CATALOGUES.en)[key];
  if (name === undefined) throw new Error(`${entry} names no page in its handle`);
  return name;
}

/** The first heading of a page of one thing, which names it; every other page's is its title. */
const HEADINGS: Readonly<Record<string, RegExp>> = {
  "/app/orders/:id": /^Order #\d+$/,
  "/app/events/:name/:id": /^Purchase, order #\d+$/,
  "/app/leads/:id": /^Lead \S+$/,
  "/app/settings/versions/:version": /^Settings, version \d+$/,
};

/** Whether a page that is full has this heading. */
export const isHeadingOf = ({ pattern, title }: AdminPage, heading: string): boolean =>
  HEADINGS[pattern]?.test(heading) ?? heading === title;

export const pictureOf = ({ name }: AdminPage, state: State, width: number): string => `${name}-${state}-${width}.webp`;
export const topOf = (name: string): string => `${name}-top.webp`;

/** Every file in the folder. */
export const allPictures = (): readonly string[] => [
  ...adminPages().flatMap((page) => STATES.flatMap((state) => WIDTHS.map((width) => pictureOf(page, state, width)))),
  ...IN_README.map(topOf),
  EVENTS_MANAGER,
];
