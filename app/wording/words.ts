import { createIntl, createIntlCache } from "@formatjs/intl";
import type { MessageOf, TextKey, Translation } from "./catalogue.ts";
import { directionOf, type Language, type Reader } from "./languages.ts";
import type { Values } from "./placeholders.ts";

/** The values of a text's placeholders; none for a text without. */
export type ValuesOf<Key extends TextKey> = keyof Values<MessageOf<Key>> extends never
  ? readonly []
  : readonly [values: Values<MessageOf<Key>>];

/** One reader's language: texts by their key, and money, numbers and times in its format. */
export type Words = {
  readonly language: Language;
  readonly locale: string;
  readonly direction: "ltr" | "rtl";
  readonly timeZone: string;
  /** `text("events.total", { count: 3 })`; the compiler knows the keys, and the placeholders of each. */
  readonly text: <Key extends TextKey>(key: Key, ...values: ValuesOf<Key>) => string;
  readonly isKey: (key: string) => key is TextKey;
  /** `49,90 €`. */
  readonly money: (value: number, currency: string) => string;
  readonly number: (value: number, options?: { readonly digits?: number }) => string;
  /** Of a share between 0 and 1, without decimals unless asked. */
  readonly percent: (share: number, options?: { readonly digits?: number }) => string;
  readonly date: (at: Date) => string;
  /** Date and time. */
  readonly time: (at: Date, options?: { readonly seconds?: boolean }) => string;
  /** `A, B and C`. */
  readonly list: (parts: readonly string[]) => string;
  /** The same words in another time zone. */
  readonly in: (timeZone: string) => Words;
};

/** Names nobody's zone: for what is shown before a shop is known. */
const NOBODYS_ZONE = "UTC";

/**
 * Readers of one locale and zone share their words: reading a whole language's messages, and starting the formatters of a
 * zone, takes longer than rendering a page.
 */
export function createWords(catalogue: Translation, reader: Reader, timeZone = NOBODYS_ZONE): Words {
  const kept = keptOf(catalogue);
  const key = `${reader.language} ${reader.locale} ${timeZone}`;
  const words = kept.words.get(key) ?? newWords(catalogue, reader, timeZone);
  // The end of the map is what was read last.
  kept.words.delete(key);
  kept.words.set(key, words);
  if (kept.words.size > MOST_KEPT) kept.words.delete([...kept.words.keys()][0] ?? key);
  return words;
}

/** Of each language: locales are whatever a request names, and the formatters of each take memory. */
const MOST_KEPT = 50;

type Kept = { readonly messages: Record<string, string>; readonly words: Map<string, Words> };

const KEPT = new WeakMap<Translation, Kept>();

function keptOf(catalogue: Translation): Kept {
  const kept = KEPT.get(catalogue) ?? { messages: flat(catalogue), words: new Map() };
  KEPT.set(catalogue, kept);
  return kept;
}

function newWords(catalogue: Translation, reader: Reader, timeZone: string): Words {
  const { language, locale } = reader;
  const { messages } = keptOf(catalogue);
  const zone = knownZone(timeZone);
  const intl = createIntl(
    // What cannot be formatted, such as a stored currency of four letters, is shown as it is: the page still renders.
    { locale, messages, timeZone: zone, defaultLocale: "en", onError: () => undefined },
    createIntlCache(),
  );
  const digits = (most = 0) => ({ minimumFractionDigits: most, maximumFractionDigits: most });
  const words: Words = {
    language,
    locale,
    direction: directionOf(locale),
    timeZone: zone,
    text: (id, ...[values]) => intl.formatMessage({ id }, isolated(values)),
    isKey: (key): key is TextKey => Object.hasOwn(messages, key),
    money: (value, currency) => intl.formatNumber(value, { style: "currency", currency }),
    number: (value, options) => intl.formatNumber(value, options?.digits === undefined ? {} : digits(options.digits)),
    percent: (share, options) => intl.formatNumber(share, { style: "percent", ...digits(options?.digits) }),
    date: (at) => intl.formatDate(at, { dateStyle: "medium" }),
    time: (at, options) =>
      intl.formatDate(at, { dateStyle: "medium", timeStyle: options?.seconds === true ? "medium" : "short" }),
    list: (parts) => intl.formatList(parts, { type: "conjunction" }),
    in: (otherZone) => (otherZone === zone ? words : createWords(catalogue, reader, otherZone)),
  };
  return words;
}

/** `topic.key` and its message, for a whole language. */
export const flat = (catalogue: Translation): Record<string, string> =>
  Object.fromEntries(
    Object.entries(catalogue).flatMap(([topic, texts]) =>
      Object.entries(texts).map(([key, message]) => [`${topic}.${key}`, message]),
    ),
  );

/** A zone that this program's copy of the time zone database lacks must not cost a page. */
function knownZone(timeZone: string): string {
  try {
    return new Intl.DateTimeFormat("en", { timeZone }).resolvedOptions().timeZone;
  } catch {
    return NOBODYS_ZONE;
  }
}

const WRITTEN_FROM_THE_RIGHT = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;
const FIRST_STRONG_ISOLATE = "\u2068";
const POP_ISOLATE = "\u2069";

/**
 * A Hebrew product name in an English sentence, or the other way round, must not pull the words around it to its side
 * (Unicode Standard Annex 9, isolates).
 */
const isolated = (values: object | undefined): Record<string, string | number | Date> =>
  Object.fromEntries(
    Object.entries(values ?? {}).map(([name, value]: [string, string | number | Date]) => [
      name,
      typeof value === "string" && WRITTEN_FROM_THE_RIGHT.test(value)
        ? `${FIRST_STRONG_ISOLATE}${value}${POP_ISOLATE}`
        : value,
    ]),
  );
