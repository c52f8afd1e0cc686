// Meta's rules for `ge` and `db` (developers.facebook.com, Conversions API, customer information parameters,
// 2026-01-09). Orders have neither; forms and customer records may.

const GENDERS: ReadonlyMap<string, "f" | "m"> = new Map([
  ["f", "f"],
  ["female", "f"],
  ["woman", "f"],
  ["m", "m"],
  ["male", "m"],
  ["man", "m"],
]);

/** `f` or `m`; null for every other answer, including those that Meta has no letter for. */
export const normalizedGender = (text: string): "f" | "m" | null => GENDERS.get(text.trim().toLowerCase()) ?? null;

const EARLIEST_YEAR = 1900;

/**
 * YYYYMMDD of a calendar day from 1900 to `today`; null otherwise. The four-digit year stands first or last. If both of
 * the other numbers could be the month, the first is, as in Meta's own example 2/16/1997.
 */
export function normalizedBirthDate(text: string, today: Date): string | null {
  const [year, month, day] = partsOf(text.trim());
  const date = new Date(Date.UTC(year, month - 1, day));
  // `Date` turns a nonexistent day, such as 30 February, into another one.
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || year < EARLIEST_YEAR || date.getTime() > today.getTime()) return null;
  return date.toISOString().slice(0, 10).replaceAll("-", "");
}

type Parts = readonly [year: number, month: number, day: number];
const NO_DATE: Parts = [Number.NaN, Number.NaN, Number.NaN];

function partsOf(text: string): Parts {
  const yearFirst = /^(\d{4})(\D?)(\d{1,2})\2(\d{1,2})(?:T.*)?$/.exec(text);
  if (yearFirst && (yearFirst[2] !== "" || /^\d{8}$/.test(text))) {
    return ordered(Number(yearFirst[1]), Number(yearFirst[3]), Number(yearFirst[4]));
  }
  const yearLast = /^(\d{1,2})\D(\d{1,2})\D(\d{4})$/.exec(text);
  return yearLast ? ordered(Number(yearLast[3]), Number(yearLast[1]), Number(yearLast[2])) : NO_DATE;
}

const ordered = (year: number, one: number, other: number): Parts =>
  one > 12 ? [year, other, one] : [year, one, other];
