import { describe, expect, test } from "vitest";
import { type OperatorPorts, runOperatorCommand } from "../../app/cli/operator-command.ts";
import { eventId, orderId, type ShopDomain } from "../../app/event-contract/event-id.ts";
import type { ConsentQuery, ConsentRecord } from "../../app/ledger/consent-log.server.ts";

const NOW = new Date("2026-11-23T12:00:00.000Z");
const SHOP = "tea.myshopify.com";

const record = (changes: Partial<ConsentRecord> = {}): ConsentRecord => ({
  eventName: "Purchase",
  eventId: eventId("purchase.tea.1001") ?? expect.unreachable("an event id"),
  orderId: orderId("1001"),
  happenedAt: NOW,
  state: "withheld",
  reason: "consent-required-and-unknown",
  consent: {
    decision: "withhold",
    rule: "required-and-unknown",
    region: "DE",
    signal: null,
    policy: { source: "shop", readAt: NOW.getTime() },
    decidedAt: NOW.getTime(),
  },
  lateSignal: { marketing: true, saleOfData: true, at: NOW.getTime() },
  ...changes,
});

function portsWith(records: readonly ConsentRecord[]) {
  const queries: (ConsentQuery & { shop: ShopDomain })[] = [];
  const never = (): never => expect.unreachable("not this port");
  const ports: OperatorPorts = {
    installedShops: never,
    reconcile: never,
    quarantined: never,
    open: never,
    replay: never,
    now: () => NOW,
    noteSeen: () => undefined,
    consents: (shop, query) => {
      queries.push({ shop, ...query });
      return Promise.resolve(records);
    },
  };
  return { ports, queries, run: (...argv: string[]) => runOperatorCommand(["consent", "export", ...argv], ports) };
}

describe("consent receipts are exported", () => {
  test("as CSV with a header, one event per row, empty for unknown values", async () => {
    const { run, queries } = portsWith([
      record(),
      record({ reason: 'a "quoted", reason', consent: null, lateSignal: null }),
    ]);
    const { exitCode, stdout } = await run("--shop", SHOP);
    expect(exitCode).toBe(0);
    const [header = "", first = "", second = ""] = stdout.split("\r\n");
    const cells = Object.fromEntries(header.split(",").map((name, at) => [name, first.split(",")[at]]));
    expect(cells).toMatchObject({
      event: "Purchase",
      order_id: "1001",
      decision: "withhold",
      rule: "required-and-unknown",
      region: "DE",
      policy: "shop",
      policy_read_at: NOW.toISOString(),
      marketing_allowed: "",
      late_marketing_allowed: "true",
    });
    expect(second.trim()).toBe(
      `Purchase,purchase.tea.1001,1001,${NOW.toISOString()},withheld,"a ""quoted"", reason"${",".repeat(12)}`,
    );
    expect(queries).toEqual([{ shop: SHOP, orderId: null, since: new Date("2026-10-24T12:00:00.000Z") }]);
  });

  test("as JSON, for one order or since a date", async () => {
    const { run, queries } = portsWith([record()]);
    const { stdout } = await run("--shop", SHOP, "--order", "1001", "--json");
    expect(JSON.parse(stdout)).toEqual({ shop: SHOP, receipts: [JSON.parse(JSON.stringify(record()))] });
    await run("--shop", SHOP, "--since", "2026-11-01");
    expect(queries.map(({ orderId: order, since }) => [order, since.toISOString()])).toEqual([
      ["1001", "2026-10-24T12:00:00.000Z"],
      [null, "2026-11-01T00:00:00.000Z"],
    ]);
  });

  test.each([[[]], [["--shop", "tea"]], [["--shop", SHOP, "--order", "x"]], [["--shop", SHOP, "--since", "soon"]]])(
    "not for %j, which says nothing clear",
    async (argv) => {
      const { run, queries } = portsWith([]);
      expect((await run(...argv)).exitCode).toBe(2);
      expect(queries).toEqual([]);
    },
  );
});
