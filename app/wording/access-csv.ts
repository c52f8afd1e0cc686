import { differences } from "../access/differences.ts";
import type { AccessRecord, Change } from "../access/types.ts";
import { csv } from "./csv.ts";

/** A row for each field that changed; a change without any, such as a replaced token, has one row. */
export const changesCsv = (changes: readonly Change[]): string =>
  csv(
    ["changed_at", "changed_by", "subject", "action", "field", "from", "to"],
    changes.flatMap(({ at, by, subject, action, before, after }) => {
      const fields = differences(before, after);
      const shown = fields.length === 0 ? [{ field: null, from: null, to: null }] : fields;
      return shown.map(({ field, from, to }) => [time(at), by, subject, action, field, from, to]);
    }),
  );

export const accessCsv = (records: readonly AccessRecord[]): string =>
  csv(
    ["seen_at", "seen_by", "kind", "subject"],
    records.map(({ at, by, kind, subject }) => [time(at), by, kind, subject]),
  );

/** An ISO time; an invalid stored time is returned as text. */
const time = (at: Date): string => (Number.isNaN(at.getTime()) ? String(at) : at.toISOString());
