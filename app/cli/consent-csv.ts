import type { ConsentRecord } from "../ledger/consent-log.server.ts";
import { type Cell, csv } from "../wording/csv.ts";

/** An ISO time; an invalid stored time is returned as text. */
function time(at: number | Date | undefined): string | undefined {
  if (at === undefined) return undefined;
  const moment = new Date(at);
  return Number.isNaN(moment.getTime()) ? String(at) : moment.toISOString();
}

const COLUMNS: readonly (readonly [string, (record: ConsentRecord) => Cell])[] = [
  ["event", ({ eventName }) => eventName],
  ["event_id", ({ eventId }) => eventId],
  ["order_id", ({ orderId }) => orderId],
  ["happened_at", ({ happenedAt }) => time(happenedAt)],
  ["state", ({ state }) => state],
  ["reason", ({ reason }) => reason],
  ["decision", ({ consent }) => consent?.decision],
  ["rule", ({ consent }) => consent?.rule],
  ["region", ({ consent }) => consent?.region],
  ["policy", ({ consent }) => consent?.policy?.source],
  ["policy_read_at", ({ consent }) => (consent?.policy?.source === "shop" ? time(consent.policy.readAt) : null)],
  ["marketing_allowed", ({ consent }) => consent?.signal?.marketing],
  ["sale_of_data_allowed", ({ consent }) => consent?.signal?.saleOfData],
  ["browser_said_at", ({ consent }) => time(consent?.signal?.at)],
  ["decided_at", ({ consent }) => time(consent?.decidedAt)],
  ["late_marketing_allowed", ({ lateSignal }) => lateSignal?.marketing],
  ["late_sale_of_data_allowed", ({ lateSignal }) => lateSignal?.saleOfData],
  ["late_browser_said_at", ({ lateSignal }) => time(lateSignal?.at)],
];

/** Consent receipts as CSV. */
export const consentCsv = (records: readonly ConsentRecord[]): string =>
  csv(
    COLUMNS.map(([name]) => name),
    records.map((record) => COLUMNS.map(([, read]) => read(record))),
  );
