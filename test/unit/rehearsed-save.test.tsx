import { describe, expect, test } from "vitest";
import { RehearsalView } from "../../app/components/rehearsal-view.tsx";
import { UnrehearsedView } from "../../app/components/unrehearsed-view.tsx";
import { unrehearsedOf } from "../../app/dry-run/rehearsal-limits.ts";
import type { Rehearsal } from "../../app/dry-run/rehearsal.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../app/event-contract/order-settings.ts";
import { type Rehearsed, rehearsedInTime } from "../../app/dry-run/rehearsed-in-time.ts";
import type { RehearsedEvent } from "../../app/dry-run/rehearse-order.ts";
import { answerSettingsForm, type FormPorts } from "../../app/routes/app/answer-settings-form.server.ts";
import { textOf } from "./dashboard/html-of.tsx";
import { SHOP } from "./dashboard/samples.ts";

const NOTHING: Rehearsal = {
  ...{ days: 7, orders: 12, notKept: 0, cutAt: null, sent: { before: 12, after: 12 } },
  ...{ changed: {}, values: [], reasons: [], examples: [], unrehearsed: [] },
};
const SENT: RehearsedEvent = {
  ...{ event: "Purchase", id: "purchase.1", state: "sent", reason: null, as: "Purchase" },
  ...{ value: 40, currency: "EUR", items: ["41"] },
};
const SOMETHING: Rehearsal = {
  ...NOTHING,
  notKept: 3,
  changed: { value: 11, "no-longer-sent": 1 },
  values: [{ currency: "EUR", before: 480, after: 530 }],
  reasons: [{ reason: "tag-withheld", before: 0, after: 1 }],
  examples: [{ kind: "value", orderId: "1", orderName: "#1001", before: SENT, after: { ...SENT, value: 45 } }],
  unrehearsed: [{ limit: "other", settings: ["contextWaitSeconds"] }],
};

/** What a save of the form does where its rehearsal says this. */
async function answered(rehearsal: Rehearsed | null, form: Readonly<Record<string, string>> = {}) {
  const saved: unknown[] = [];
  const unexpected = async (): Promise<never> => {
    throw new Error("this form has nothing to do with it");
  };
  const admin: FormPorts = {
    rehearse: async () => rehearsal,
    saveSettings: async (_shop, input) => {
      saved.push(input);
      return { kind: "saved", version: 5 };
    },
    connectPixel: unexpected,
    setPixelState: unexpected,
    removeTestCode: unexpected,
    filterPixel: unexpected,
    disconnectPixel: unexpected,
  };
  const outcome = await answerSettingsForm({ intent: "save-settings", ...form }, { shop: SHOP, admin });
  return { ...outcome, saved };
}

describe("a save of settings", () => {
  test("that would have changed something asks first, and saves once its author has seen it", async () => {
    expect(await answered(SOMETHING, { valueBasis: "total" })).toMatchObject({ kind: "rehearsed", saved: [] });
    expect(await answered(SOMETHING, { valueBasis: "total", rehearsed: "yes" })).toMatchObject({
      kind: "settings-saved",
      saved: [{ valueBasis: "total" }],
    });
  });

  test("that would have changed nothing, or is invalid, goes its way without a question", async () => {
    expect(await answered(NOTHING)).toMatchObject({ kind: "settings-saved" });
    expect(await answered(null)).toMatchObject({ kind: "settings-saved" });
  });

  test("whose rehearsal broke off is not lost: it asks, and saves without one", async () => {
    expect(await answered("failed", { valueBasis: "total" })).toMatchObject({ kind: "not-rehearsed", saved: [] });
    expect(await answered("failed", { valueBasis: "total", rehearsed: "yes" })).toMatchObject({
      kind: "settings-saved",
      saved: [{ valueBasis: "total" }],
    });
  });

  test("that needs no question says afterwards what was not rehearsed", async () => {
    const unrehearsed = [{ limit: "storefront", settings: ["storefrontMode"] }] as const;
    expect(await answered({ ...NOTHING, unrehearsed })).toMatchObject({ kind: "settings-saved", unrehearsed });
    expect(textOf(<UnrehearsedView unrehearsed={unrehearsed} />)).toContain(
      "Storefront events are not rehearsed, and follow: Storefront events come from.",
    );
  });
});

describe("a rehearsal in time", () => {
  const failures: unknown[] = [];
  const within = (rehearsing: Promise<Rehearsal>) =>
    rehearsedInTime(rehearsing, { withinMs: 20, onFailure: (error) => failures.push(error) });

  test("is itself; a broken one and one that does not come are reported and thrown at nobody", async () => {
    expect(await within(Promise.resolve(NOTHING))).toBe(NOTHING);
    expect(failures).toEqual([]);
    expect(await within(Promise.reject(new Error("the database is away")))).toBe("failed");
    expect(await within(new Promise(() => undefined))).toBe("failed");
    expect(failures.map(String)).toEqual(["Error: the database is away", "Error: The rehearsal took more than 20 ms."]);
  });
});

describe("what is not rehearsed", () => {
  const touched = (field: string, orders = DEFAULT_ORDER_SETTINGS) =>
    unrehearsedOf([{ field, before: "a", after: "b" }], { orders }).map(({ limit }) => limit);

  test.each([
    ["storefrontMode", ["storefront"]],
    ["mapping.rules.PageView.legs", ["storefront"]],
    ["mapping.rules.AddToCart.as", ["storefront"]],
    ["contentId", ["storefront"]],
    ["noAnswer", ["storefront", "leads"]],
    ["forms", ["leads"]],
    ["funnel.stages", ["leads"]],
    ["mapping.rules.Lead.as", ["leads"]],
    ["upsellEvent", ["upsells"]],
    ["mapping.rules.UpsellPurchase.legs", ["upsells"]],
    ["netRevenue", ["net-revenue"]],
    ["netRevenueCoverage", ["net-revenue"]],
    ["contextWaitSeconds", ["other"]],
    ["valueBasis", []],
    ["mapping.rules.Purchase.as", []],
  ])("%s: %j", (field, limits) => {
    expect(touched(field)).toEqual(limits);
  });

  test("has the value of added items and net revenue in it where the shop reports them", () => {
    const orders = { ...DEFAULT_ORDER_SETTINGS, upsellEvent: true, netRevenue: true };
    expect(touched("valueBasis", orders)).toEqual(["upsells", "net-revenue"]);
  });
});

describe("a rehearsal in words", () => {
  test("has counts, values, reasons, an example, and what it does not know", () => {
    const text = textOf(<RehearsalView rehearsal={SOMETHING} />);
    for (const part of [
      "1 event that is sent would not be sent any more",
      "11 events would have another value",
      "Purchases sent: €480.00 in all, then €530.00",
      "Not sent: 0, then 1.",
      "#1001, Purchase",
      "€45.00",
      "12 orders of the last 7 days. Nobody was asked",
      "3 orders of these days could not be rehearsed",
      "because no recorded order tells what it changes: Maximum wait for browser data.",
    ]) {
      expect(text).toContain(part);
    }
  });

  test("says that nothing would have changed, and where there are more orders", () => {
    expect(textOf(<RehearsalView rehearsal={NOTHING} />)).toContain("Nothing: all of the 12 orders");
    expect(textOf(<RehearsalView rehearsal={{ ...NOTHING, cutAt: 5_000 }} />)).toContain("there are more");
  });
});
