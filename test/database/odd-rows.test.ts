import { createElement } from "react";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { consentCsv } from "../../app/cli/consent-csv.ts";
import { type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import { readConsentLog } from "../../app/ledger/consent-log.server.ts";
import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { eventForReading } from "../../app/routes/app.events.$name.$id/event-for-reading.ts";
import { EventDetailPage } from "../../app/routes/app.events.$name.$id/event-page.tsx";
import { EventTable } from "../../app/routes/app.events._index/event-table.tsx";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";
import { textOf } from "../unit/dashboard/html-of.tsx";

// A shop for each, so that one row's trouble is not another's.
let shop: ShopDomain;
let shops = 0;
beforeEach(() => {
  shop = shopDomain(`odd-${String(++shops)}.myshopify.com`) ?? expect.unreachable("a shop domain");
});

const LONG_AGO = new Date("2000-01-01T00:00:00Z");
let database: TestDatabase;

beforeAll(async () => {
  database = await pgliteDatabase();
});
afterAll(() => database.close());

/** Past the app's own checks, as a restored backup or somebody at a database prompt would. */
async function anOddRow(id: string, column: string, value: string): Promise<void> {
  const data = {
    ...{ shop, eventName: "PageView", eventId: id, eventTime: LONG_AGO, origin: "collector", settingsVersion: 1 },
    ...{ state: "delivered", createdAt: LONG_AGO, browserSeenAt: LONG_AGO },
    body: { event_name: "PageView", user_data: {}, custom_data: { value: 1, currency: "EUR" } },
    browserData: { value: 1, currency: "EUR" },
    browserLeg: { sent: true },
    consent: { decision: "send", rule: "browser-granted", region: null, signal: null, policy: null, decidedAt: 1 },
    netRevenue: { reported: 1, coverage: 100, reason: null },
  };
  await database.prisma.event.create({ data });
  const type = column.endsWith("_at") || column === "event_time" ? "timestamptz" : "jsonb";
  await database.prisma.$executeRawUnsafe(`update event set ${column} = $1::${type} where event_id = $2`, value, id);
}

const signal = (at: string) => `{"marketing": true, "saleOfData": true, "at": ${at}}`;
const consent = (changes: string) =>
  `{"decision": "send", "rule": "browser-granted", "region": null, "signal": null, "policy": null, "decidedAt": 1, ${changes}}`;

const ODD = [
  ["late_signal", signal("1e300")],
  ["late_signal", signal("-1e17")],
  ["late_signal", signal('"yesterday"')],
  ["late_signal", signal("null")],
  ["late_signal", `{"marketing": "yes"}`],
  ["late_signal", `[1]`],
  ["signal", signal("1e300")],
  ["consent", consent(`"signal": ${signal("1e300")}`)],
  ["consent", consent(`"signal": "granted"`)],
  ["consent", consent(`"decidedAt": 1e300`)],
  ["consent", consent(`"decidedAt": "noon"`)],
  ["consent", consent(`"policy": {"source": "shop", "readAt": 1e300}`)],
  ["consent", consent(`"policy": 7`)],
  ["consent", consent(`"decision": "maybe"`)],
  ["consent", consent(`"rule": "unheard-of"`)],
  ["consent", consent(`"region": {"country": "DE"}`)],
  ["consent", `{}`],
  ["consent", `"send"`],
  ["event_time", "infinity"],
  ["event_time", "-infinity"],
  ["event_time", "280000-01-01 00:00:00Z"],
  ["browser_seen_at", "infinity"],
  ["created_at", "infinity"],
  ["body", `{}`],
  ["body", `[]`],
  ["body", `{"event_name": 7, "user_data": [], "custom_data": null}`],
  ["body", `{"event_name": "PageView", "user_data": {"em": "text", "ph": 7, "fbp": null}, "custom_data": {}}`],
  ["body", `{"user_data": {}, "custom_data": {"value": "12", "currency": "EUR"}}`],
  ["body", `{"user_data": {}, "custom_data": {"value": 1e308, "currency": "EUR"}}`],
  ["body", `{"user_data": {}, "custom_data": {"value": 1, "currency": "euros"}}`],
  ["body", `{"user_data": {}, "custom_data": {"content_ids": 7, "contents": [null, 1], "num_items": {}}}`],
  ["body", `{"event_source_url": 7, "referrer_url": {}, "user_data": {}, "custom_data": {}}`],
  ["browser_data", `{"value": {}, "content_ids": {"a": 1}, "contents": "many"}`],
  ["browser_data", `"none"`],
  ["browser_leg", `{}`],
  ["browser_leg", `{"sent": false, "because": "unheard-of"}`],
  ["browser_leg", `"sent"`],
  ["net_revenue", `{"reported": "much", "coverage": 50, "reason": null}`],
  ["net_revenue", `{"reported": 1, "coverage": "all"}`],
] as const;

describe("one row in another form than the app's", () => {
  test.each(ODD.map(([column, value], number) => [column, value, `odd.${String(number)}`] as const))(
    "%s = %s takes neither list, page nor export with it",
    async (column, value, id) => {
      await anOddRow(id, column, value);
      await anOddRow(`${id}.too`, column, value);
      const log = createEventLog(database.prisma);

      const [event, page, receipts] = await Promise.all([
        log.detail(shop, "PageView", id),
        log.page(shop, { limit: 1 }),
        readConsentLog(database.prisma, shop, { orderId: null, since: new Date(0) }),
      ]);

      const reading = event && eventForReading(event);
      expect(textOf(reading && createElement(EventDetailPage, { event: reading }))).toContain("PageView");
      expect(textOf(createElement(EventTable, { rows: page.rows }))).toContain("PageView");
      const cursor = page.nextCursor ?? expect.unreachable("a second page");
      expect((await log.page(shop, { limit: 1, cursor })).rows).toMatchObject([{ eventId: id }]);
      expect(consentCsv(receipts)).toContain(id);
      expect(JSON.stringify({ receipts, reading })).toContain(id);
    },
  );

  test("an export shows the stored text instead of an invalid time", async () => {
    await anOddRow("odd.moment", "late_signal", signal("1e300"));
    const receipts = await readConsentLog(database.prisma, shop, { orderId: null, since: new Date(0) });
    expect(consentCsv(receipts)).toMatch(/^PageView,odd\.moment,.*,1e\+300$/m);
  });
});
