import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dryRunCheckout } from "../../app/cli/dry-run/checkout.ts";
import { assumedBrowser, assumedProfile } from "../../app/dry-run/assumptions.ts";
import { type OrderDryRun, type DryRunGiven, dryRunOrder } from "../../app/dry-run/dry-run-order.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { CASES, holdsFor, SALES } from "../fixtures/orders/some-sales.ts";
import { decimalText, lineNet, subtotalOf, totalOf, type TrueSale } from "../fixtures/orders/true-sale.ts";

const AT = new Date("2026-11-21T16:00:00Z");

type Answer = "granted" | "declined" | "limited" | "silent";

const anAnswer = fc.constantFrom<Answer>("granted", "declined", "limited", "silent");
const anySettings = fc.record({
  valueBasis: fc.constantFrom("total", "subtotal", "subtotal_without_tax"),
  contentId: fc.constantFrom("variant_id", "product_id", "sku", "shopify_country_product_variant"),
  giftCards: fc.constantFrom("count", "leave-out"),
  purchaseTrigger: fc.constantFrom("placed", "paid"),
  refundEvent: fc.boolean(),
  predictedOrders: fc.constantFrom(null, 4),
});
const anySource = fc.constantFrom("web", "pos", "shopify_draft_order", "subscription_contract", "580111", "iphone");

const CONSENT: Readonly<Record<Answer, unknown>> = {
  granted: { marketing: true, saleOfData: true },
  limited: { marketing: true, saleOfData: false },
  declined: { marketing: false, saleOfData: true },
  silent: undefined,
};

const known = new Map<string, DryRunGiven>();

/** The same assumptions once: reading them is most of the work. */
function given(settings: object, answer: Answer): DryRunGiven {
  const key = JSON.stringify([settings, answer]);
  const made = known.get(key) ?? assume(settings, answer);
  known.set(key, made);
  return made;
}

function assume(settings: object, answer: Answer): DryRunGiven {
  const profile = assumedProfile(JSON.stringify({ shop: "tea.myshopify.com", ...settings }));
  if (!profile.ok) throw new Error(JSON.stringify(profile.problems));
  const context = { consent: CONSENT[answer], fbp: "fb.1.1763000000000.1", url: "https://tea.myshopify.com/checkouts" };
  const browser = assumedBrowser(JSON.stringify(context), profile.value.shop, AT);
  if (!browser.ok) throw new Error(JSON.stringify(browser.problems));
  return { profile: profile.value, browser: browser.value, now: null };
}

/** The order's payload, with money back for its first line. */
function refundedOrder(sale: TrueSale): string {
  const amount = decimalText(sale.lines[0] ? lineNet(sale.lines[0]) : 0, sale.decimals);
  const transactions = [{ kind: "refund", status: "success", amount, currency: sale.currency }];
  const refund_line_items = [{ line_item_id: 9000, quantity: sale.lines[0]?.quantity ?? 0 }];
  return anOrderWebhook(sale, { refunds: [{ id: 7, created_at: sale.placedAt, refund_line_items, transactions }] });
}

/** The sales, each with choices of its own. */
const withChoices = <Choices>(choices: fc.Arbitrary<Choices>): readonly (Choices & { readonly sale: TrueSale })[] =>
  fc.sample(choices, CASES).map((chosen, n) => ({ ...chosen, sale: SALES[n] ?? expect.unreachable() }));

// Tried once, and held against every property.
const TRIED = withChoices(fc.record({ source: anySource, settings: anySettings, answer: anAnswer })).map((tried) => {
  const result = dryRunOrder(
    refundedOrder({ ...tried.sale, source: tried.source }),
    given(tried.settings, tried.answer),
  );
  return { ...tried, result, output: JSON.stringify(result) };
});

/** Says what is wrong, where something is. */
const none = (wrong: readonly unknown[]): void => {
  if (wrong.length > 0) expect(wrong).toEqual([]);
};

describe("for any order, settings and consent", () => {
  test("both legs of a Purchase are equal: the order's dry run and the web pixel's code agree", async () => {
    const choices = fc.record({ settings: anySettings, answer: fc.constantFrom<Answer>("granted", "limited") });
    let compared = 0;
    for (const { sale, settings, answer } of withChoices(choices)) {
      const assumed = given(settings, answer);
      const order = dryRunOrder(anOrderWebhook(sale, { referring_site: null }), assumed);
      if (order.reason === "no-customer-data") continue;
      compared += 1;
      const checkout = await dryRunCheckout(JSON.stringify(aCheckout(sale)), assumed);
      const { ts: _seen, ...browser } = checkout.browser ?? {};
      const { ts: _placed, ...shown } = order.browser ?? {};
      const [one, other] = [
        { state: checkout.state, browser, data: checkout.collector?.data },
        { state: order.state, browser: shown, data: order.server?.custom_data ?? checkout.collector?.data },
      ];
      if (!isDeepStrictEqual(one, other)) expect(one, JSON.stringify({ sale, settings, answer })).toEqual(other);
    }
    expect(compared).toBeGreaterThan(1_000);
  });

  test("without consent nothing is output", () => {
    holdsFor(TRIED, ({ answer, result }) => {
      for (const { server, browser, rule, state } of result.events) {
        const mayBeSent = answer === "granted" || answer === "limited" || rule === "not-required-in-region";
        const output = [server, browser].filter((leg) => leg !== null);
        if (answer === "declined" || !mayBeSent) none(output);
        if (state !== "send") none(browser === null ? [] : [browser]);
        if (state === "withheld" || state === "refused") none(output);
      }
    });
  });

  test("every amount is the order's own, in the currency that the buyer paid in and no other", () => {
    let compared = 0;
    holdsFor(TRIED, ({ sale, settings, result, output }) => {
      const unit = 10 ** sale.decimals;
      for (const { server, browser } of result.events) {
        const { currency = sale.currency, value } = server?.custom_data ?? {};
        none([currency, browser?.["cd[currency]"] ?? sale.currency].filter((code) => code !== sale.currency));
        const said = value === undefined ? [] : [value];
        none(said.filter((amount) => !(amount > 0 && amount <= totalOf(sale) / unit)));
      }
      const other = `"${sale.shopCurrency}"`;
      none(sale.shopCurrency !== sale.currency && output.includes(other) ? [other] : []);
      const { valueBasis, giftCards } = settings;
      if (!result.server || giftCards === "leave-out" || valueBasis === "subtotal_without_tax") return;
      compared += 1;
      const worth = valueBasis === "total" ? totalOf(sale) : subtotalOf(sale);
      const { value } = result.server.custom_data;
      if (value !== worth / unit) expect(value).toBe(worth / unit);
    });
    expect(compared).toBeGreaterThan(200);
  });

  test("it contains no readable email, phone number, name, place or postcode", () => {
    holdsFor(TRIED, ({ sale: { buyer }, output }) => {
      const personal = [buyer?.email, buyer?.firstName, buyer?.lastName, buyer?.city, buyer?.zip, buyer?.province];
      const own = [...personal.map((text) => text?.trim().toLowerCase()), buyer?.phone?.replace(/\D/g, "")];
      none([...own, "e3b0c44298fc1c149afbf4c8996fb924"].filter((text) => text && output.toLowerCase().includes(text)));
    });
  });

  test("the same order always gives the same IDs, and no two of its events share one", () => {
    const idsOf = (result: OrderDryRun) => result.events.map(({ server }) => server?.event_id);
    holdsFor(TRIED.slice(0, 500), ({ sale, source, settings, answer, result }) => {
      const ids = idsOf(result);
      const again = idsOf(dryRunOrder(refundedOrder({ ...sale, source }), given(settings, answer)));
      if (!isDeepStrictEqual(ids, again)) expect(again).toEqual(ids);
      const sent = ids.filter((id) => id !== undefined);
      none(sent.filter((id, n) => sent.indexOf(id) !== n));
    });
  });
});
