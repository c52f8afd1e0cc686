import { expect, test } from "vitest";

import { type OperatorPorts, runOperatorCommand } from "../../app/cli/operator-command.ts";
import type { ShopDomain } from "../../app/event-contract/event-id.ts";
import type { ReplayOutcome } from "../../app/pipeline/replay-quarantined.ts";
import type { Comparison } from "../../app/jobs/reconcile-orders.ts";

// A literal of the right form.
const SHOP = "tea.myshopify.com" as ShopDomain;
const AT = new Date("2026-11-20T12:00:00.000Z");
const ROW = {
  id: 7n,
  shop: SHOP,
  topic: "orders/paid",
  problem: "not-an-order",
  detail: "currency: expected text",
  orderId: "1",
  receivedAt: AT,
  replayedAt: null,
};

function ports(changes: { stop?: Pick<Comparison, "problem" | "message">; outcome?: ReplayOutcome } = {}) {
  const replayed: bigint[] = [];
  const report = (shop: ShopDomain): Comparison => ({
    shop,
    from: "",
    until: "",
    orders: 3,
    beforeInstallation: 0,
    withheld: { "test-order": 1 },
    missing: 1,
    found: [{ orderId: "9", because: "webhook-never-came", outcome: "added" }],
    ...(changes.stop ?? { problem: null, message: null }),
  });
  const given: OperatorPorts = {
    installedShops: async () => [SHOP],
    reconcile: async (shop) => report(shop),
    quarantined: async () => [ROW],
    open: async (id) => (id === 7n ? { ...ROW, webhookId: "w", body: '{"a":1}' } : null),
    noteSeen: () => undefined,
    consents: async () => [],
    now: () => AT,
    replay: async ({ id }) => {
      replayed.push(id);
      return changes.outcome ?? "added";
    },
  };
  return { given, replayed };
}
const run = (line: string, changes = {}) => runOperatorCommand(line.split(" "), ports(changes).given);

test("a comparison is printed as text and as JSON, and an unfinished one fails", async () => {
  const forPeople = await run("reconcile --shop tea.myshopify.com");
  expect(forPeople).toMatchObject({ exitCode: 0, stderr: "" });
  expect(forPeople.stdout).toContain("9  webhook-never-came  added");
  expect(JSON.parse((await run("reconcile --all --json")).stdout)).toMatchObject({
    shops: [{ shop: SHOP, missing: 1 }],
  });
  const stop = { problem: "unavailable", message: "Shopify answered 500." };
  const stopped = await run("reconcile --all", { stop });
  expect(stopped).toMatchObject({ exitCode: 1 });
  expect(stopped.stdout).toContain("not finished: Shopify answered 500.");
  expect(JSON.parse((await run("reconcile --all --json", { stop })).stdout)).toMatchObject({ shops: [stop] });
});

test("the quarantine is listed without contents, and opened only by its number", async () => {
  const listed = await run("quarantine list --json");
  expect(JSON.parse(listed.stdout)).toMatchObject({ quarantine: [{ id: "7", problem: "not-an-order" }] });
  expect(listed.stdout).not.toContain('"body"');
  expect((await run("quarantine show --id 7")).stdout).toBe('{"a":1}\n');
  expect(await run("quarantine show --id 8")).toMatchObject({ exitCode: 1 });
});

test("a payload that is still unreadable after its replay fails", async () => {
  const { given, replayed } = ports();
  expect((await runOperatorCommand(["quarantine", "replay", "--all"], given)).stdout).toBe("7  added\n");
  expect(replayed).toEqual([7n]);
  expect(await run("quarantine replay --id 7", { outcome: "quarantined" })).toMatchObject({
    exitCode: 1,
    stdout: "7  still unreadable\n",
  });
});

test.each([
  "reconcile",
  "reconcile --shop nowhere",
  "quarantine",
  "quarantine fly",
  "quarantine replay",
  "reconcile --fly",
])("%s is wrong use and is answered with the help", async (line) => {
  const answer = await run(line);
  expect(answer.exitCode).toBe(2);
  expect(answer.stderr).toContain("Usage: npm run");
});
