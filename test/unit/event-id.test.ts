import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  checkoutEventId,
  checkoutToken,
  eventId,
  orderId,
  purchaseEventId,
  shopDomain,
  shopifyId,
} from "../../app/event-contract/event-id.ts";
import { aShopDomain } from "../fixtures/orders/settings.ts";

describe("event IDs", () => {
  test.each([
    6198424240428,
    "6198424240428",
    "gid://shopify/Order/6198424240428",
    "gid://shopify/OrderIdentity/6198424240428",
    "gid://shopify/Order/6198424240428?key=1",
    "006198424240428",
  ])("%s names the order 6198424240428", (form) => {
    const order = orderId(form);
    expect(order).toBe("6198424240428");
    expect(order && purchaseEventId(aShopDomain(), order)).toBe("purchase.tea.6198424240428");
  });

  test("ids beyond 2^53 keep every digit", () => {
    expect(orderId("gid://shopify/Order/9007199254740993123")).toBe("9007199254740993123");
    expect(shopifyId("9007199254740993123")).toBe("9007199254740993123");
  });

  test.each([2 ** 53, 1.5, 0, "0", "", null, undefined, "gid://shopify/DraftOrder/1", "12a", "purchase", {}, "-5"])(
    "%s names no order",
    (value) => {
      expect(orderId(value)).toBeNull();
    },
  );

  test("a variant's ID is the same in every form", () => {
    const forms = [41001, "41001", "gid://shopify/ProductVariant/41001"];
    expect(forms.map(shopifyId)).toEqual(["41001", "41001", "41001"]);
    expect([null, "", "variant", 0.5].map(shopifyId)).toEqual([null, null, null, null]);
  });

  test("two shops on one pixel never share a Purchase ID", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,20}$/),
        (one, other) => {
          fc.pre(one !== other);
          const order = orderId("1");
          if (order === null) throw new Error("1 is an order id");
          expect(purchaseEventId(aShopDomain(one), order)).not.toBe(purchaseEventId(aShopDomain(other), order));
        },
      ),
    );
  });

  test("a checkout's events are named after its token", () => {
    const token = checkoutToken("abc123");
    expect(token && checkoutEventId("InitiateCheckout", aShopDomain(), token)).toBe("initiatecheckout.tea.abc123");
  });

  test.each([
    "tea.example.com",
    "tea.myshopify.com.evil.example",
    "-tea.myshopify.com",
    "te a.myshopify.com",
    "",
    null,
  ])("%s is no shop", (text) => {
    expect(shopDomain(text)).toBeNull();
  });

  test.each(["with space", "x".repeat(129), "", 7, "line\nbreak"])("%j cannot be an event id", (value) => {
    expect(eventId(value)).toBeNull();
  });
});
