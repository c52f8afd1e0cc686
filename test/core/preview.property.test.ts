import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { previewCheckout } from "../../app/cli/preview/checkout.ts";
import { assumedBrowser, assumedProfile } from "../../app/journey/preview-assumptions.ts";
import { type PreviewGiven, previewOrder } from "../../app/journey/preview-order.ts";
import { anySale } from "../fixtures/orders/any-sale.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aCheckout } from "../fixtures/orders/pixel-checkout.ts";
import { decimalText, lineNet, subtotalOf, totalOf, type TrueSale } from "../fixtures/orders/true-sale.ts";

const CASES = { numRuns: 2_000 };
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

const known = new Map<string, PreviewGiven>();

/** The same assumptions once: reading them is most of the work. */
function given(settings: object, answer: Answer): PreviewGiven {
  const key = JSON.stringify([settings, answer]);
  const made = known.get(key) ?? assume(settings, answer);
  known.set(key, made);
  return made;
}

function assume(settings: object, answer: Answer): PreviewGiven {
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

const anyCase = fc.record({ sale: anySale, source: anySource, settings: anySettings, answer: anAnswer });

describe("whatever the order, the settings and the visitor's answer", () => {
  test("both legs of a Purchase are the same: the order's dry run and the web pixel's own code agree", async () => {
    const cases = fc.record({
      sale: anySale,
      settings: anySettings,
      answer: fc.constantFrom<Answer>("granted", "limited"),
    });
    await fc.assert(
      fc.asyncProperty(cases, async ({ sale, settings, answer }) => {
        const assumed = given(settings, answer);
        const order = previewOrder(anOrderWebhook(sale, { referring_site: null }), assumed);
        const checkout = await previewCheckout(JSON.stringify(aCheckout(sale)), assumed);
        if (order.reason === "no-customer-data") return;
        expect(checkout.state).toBe(order.state);
        const { ts: _seen, ...browser } = checkout.browser ?? {};
        const { ts: _placed, ...shown } = order.browser ?? {};
        expect(browser).toEqual(shown);
        expect(checkout.collector?.data).toEqual(order.server?.custom_data ?? checkout.collector?.data);
      }),
      CASES,
    );
  });

  test("without consent nothing of it is output", () => {
    fc.assert(
      fc.property(anyCase, ({ sale, source, settings, answer }) => {
        const preview = previewOrder(refundedOrder({ ...sale, source }), given(settings, answer));
        for (const { server, browser, rule, state } of preview.events) {
          const mayBeSent = answer === "granted" || answer === "limited" || rule === "not-required-in-region";
          if (answer === "declined" || !mayBeSent) expect({ server, browser }).toEqual({ server: null, browser: null });
          if (state !== "send") expect(browser).toBeNull();
          if (state === "withheld" || state === "refused") expect(server).toBeNull();
        }
      }),
      CASES,
    );
  });

  test("every amount is the order's own, in the currency that the buyer paid in and no other", () => {
    fc.assert(
      fc.property(anyCase, ({ sale, source, settings, answer }) => {
        const preview = previewOrder(refundedOrder({ ...sale, source }), given(settings, answer));
        const unit = 10 ** sale.decimals;
        for (const { server, browser } of preview.events) {
          if (server) expect(server.custom_data.currency).toBe(sale.currency);
          if (browser) expect(browser["cd[currency]"]).toBe(sale.currency);
          expect(server?.custom_data.value ?? 1).toBeGreaterThan(0);
          expect(server?.custom_data.value ?? 0).toBeLessThanOrEqual(totalOf(sale) / unit);
        }
        if (sale.shopCurrency !== sale.currency) {
          expect(JSON.stringify(preview)).not.toContain(`"${sale.shopCurrency}"`);
        }
        const { valueBasis, giftCards } = settings;
        if (!preview.server || giftCards === "leave-out" || valueBasis === "subtotal_without_tax") return;
        const worth = valueBasis === "total" ? totalOf(sale) : subtotalOf(sale);
        expect(preview.server.custom_data.value).toBe(worth / unit);
      }),
      CASES,
    );
  });

  test("nobody's e-mail, phone number, name, place or postcode stands readable in it", () => {
    fc.assert(
      fc.property(anyCase, ({ sale, source, settings, answer }) => {
        const output = JSON.stringify(previewOrder(refundedOrder({ ...sale, source }), given(settings, answer)));
        const { buyer } = sale;
        const personal = [buyer?.email, buyer?.firstName, buyer?.lastName, buyer?.city, buyer?.zip, buyer?.province];
        for (const text of personal) if (text) expect(output.toLowerCase()).not.toContain(text.trim().toLowerCase());
        const digits = buyer?.phone?.replace(/\D/g, "") ?? "";
        if (digits !== "") expect(output).not.toContain(digits);
        expect(output).not.toContain("e3b0c44298fc1c149afbf4c8996fb924");
      }),
      CASES,
    );
  });

  test("the same order gives the same ids every time, and no two of its events share one", () => {
    fc.assert(
      fc.property(anyCase, ({ sale, source, settings, answer }) => {
        const ids = () =>
          previewOrder(refundedOrder({ ...sale, source }), given(settings, answer)).events.map(
            ({ server }) => server?.event_id,
          );
        expect(ids()).toEqual(ids());
        const sent = ids().filter((id) => id !== undefined);
        expect(new Set(sent).size).toBe(sent.length);
      }),
      { numRuns: 500 },
    );
  });
});
