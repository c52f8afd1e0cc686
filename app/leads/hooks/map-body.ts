import { problem } from "../../wording/problem.ts";
import type { HookMapping } from "./mapping-schema.ts";
import type { MappedBody, MappedItem } from "./types.ts";

// As many as the API takes in one request.
export const MOST_ITEMS = 500;

/** The items of a body as reports in the form of the API. Nothing is hashed or checked against the funnel here. */
export function mapBody(body: unknown, mapping: HookMapping): MappedBody {
  const list = valueAt(body, mapping.items);
  if (typeof list !== "object" || list === null) {
    const { items: path } = mapping;
    return { ok: false, problem: path === "" ? problem("body.no-object") : problem("body.no-items", { path }) };
  }
  const items: readonly unknown[] = Array.isArray(list) ? list : [list];
  if (items.length > MOST_ITEMS) return { ok: false, problem: problem("body.too-many", { most: MOST_ITEMS }) };
  return { ok: true, value: items.map((item) => mapItem(item, mapping)) };
}

function mapItem(item: unknown, mapping: HookMapping): MappedItem {
  const stage = stageIn(item, mapping);
  if (stage === undefined) return { kind: "ignored" };
  const [lead, at] = [leadIn(item, mapping), momentAt(item, mapping.at)];
  if (stage === null) return unreadable("item.no-stage", mapping.stage.path);
  if (lead === null) return unreadable("item.no-lead", mapping.lead.map(({ path }) => path).join(", "));
  if (at === null) return unreadable("item.no-time", mapping.at?.path);
  const stated = { lead, stage, ...at, ...worthIn(item, mapping), ...consentIn(item, mapping) };
  return { kind: "stated", item: stated, id: idOf(item, mapping) };
}

const unreadable = (code: "item.no-stage" | "item.no-lead" | "item.no-time", path = ""): MappedItem => ({
  kind: "problem",
  problem: problem(code, { path }),
});

/** Undefined: the item is no report about a stage. Null: it should name one, and does not. */
function stageIn(item: unknown, { when, stage: { path, words } }: HookMapping): string | null | undefined {
  if (!when.every((condition) => condition.is.includes(textAt(item, condition.path) ?? ""))) return undefined;
  const sent = textAt(item, path);
  return words === undefined || sent === null ? sent : own(words, sent);
}

function leadIn(item: unknown, { lead }: HookMapping): object | null {
  for (const { by, path } of lead) {
    const value = textAt(item, path);
    if (value !== null) return { [by]: value };
  }
  return null;
}

const IN_MS = 100_000_000_000;
const WITH_OFFSET = /(?:Z|[+-]\d\d:?\d\d)$/;
const LOCAL = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?:Z|[+-]\d\d:?\d\d)?$/;

/** The time in the API's form; an empty object where the mapping names none. */
function momentAt(item: unknown, at: HookMapping["at"]): { readonly at?: string | number } | null {
  if (at === undefined) return {};
  const text = textAt(item, at.path) ?? "";
  if (/^\d{1,15}$/.test(text)) return { at: fromEpoch(Number(text)) };
  const moment = isoMoment(text, at.offset);
  return moment === null ? null : { at: moment };
}

function isoMoment(text: string, otherwise: string | undefined): string | null {
  const [, day, time] = LOCAL.exec(text) ?? [];
  const [offset = otherwise] = WITH_OFFSET.exec(text) ?? [];
  if (day === undefined || time === undefined || offset === undefined) return null;
  return `${day}T${time}${time.length === "10:15".length ? ":00" : ""}${offset.replace(/^([+-]\d\d)(\d\d)$/, "$1:$2")}`;
}

/** Nobody reports a lead of 1973, so that a large number is in milliseconds. */
const fromEpoch = (number: number): number => (number >= IN_MS ? Math.floor(number / 1000) : number);

/** CRMs send zero where nobody entered an amount, so zero leaves the stage's own. */
function worthIn(item: unknown, { value: path, currency }: HookMapping): object {
  const sent = path === undefined ? null : textAt(item, path);
  if (sent === null || Number(sent) === 0) return {};
  const code = currencyIn(item, currency);
  // Text that is no number is left to the schema, which says what is wrong.
  const value = /^\d{1,15}(?:\.\d{1,9})?$/.test(sent) ? Number(sent) : sent;
  return { value, ...(code !== null && { currency: code.toUpperCase() }) };
}

function currencyIn(item: unknown, currency: HookMapping["currency"]): string | null {
  if (currency === undefined) return null;
  return "always" in currency ? currency.always : textAt(item, currency.path);
}

const consentIn = (item: unknown, { consent }: HookMapping): object => {
  const sent = consent === undefined ? null : textAt(item, consent);
  return sent === null ? {} : { consent: sent };
};

function idOf(item: unknown, { id }: HookMapping): string | null {
  const parts = id?.map((path) => textAt(item, path)) ?? [];
  return parts.length > 0 && parts.every((part) => part !== null) ? JSON.stringify(parts) : null;
}

const own = (words: Readonly<Record<string, string>>, word: string): string | undefined =>
  Object.hasOwn(words, word) ? words[word] : undefined;

/** Text, a number or a truth value as text; null for nothing, an empty text, an object or a list. */
function textAt(item: unknown, path: string): string | null {
  const value = valueAt(item, path);
  if (typeof value === "string") return value.trim() || null;
  return typeof value === "number" || typeof value === "boolean" ? String(value) : null;
}

/** RFC 6901. Only an object's own fields count. */
export function valueAt(value: unknown, pointer: string): unknown {
  if (pointer === "") return value;
  const names = pointer.slice(1).split("/");
  return names.reduce((within: unknown, name) => {
    const field = name.replaceAll("~1", "/").replaceAll("~0", "~");
    return typeof within === "object" && within !== null && Object.hasOwn(within, field)
      ? // An object is a record of unknown values, and a list one whose names are digits.
        (within as Readonly<Record<string, unknown>>)[field]
      : undefined;
  }, value);
}
