import { expect, test } from "vitest";

import { legsAgree } from "../../app/ledger/legs-agree.ts";

const SALE = { value: 12.3, currency: "EUR", content_ids: ["a", "b"], num_items: 3, order_id: "1" };

test.each([
  ["the order of the content ids", { content_ids: ["b", "a"] }, true],
  ["a field that is not compared", { content_name: "Mug" }, true],
  ["another value", { value: 12.31 }, false],
  ["another currency", { currency: "USD" }, false],
  ["another item count", { num_items: 2 }, false],
  ["another item", { content_ids: ["a", "c"] }, false],
  ["an item less", { content_ids: ["a"] }, false],
])("%s: the legs agree or not, both ways round", (_, change, agree) => {
  expect(legsAgree(SALE, { ...SALE, ...change })).toBe(agree);
  expect(legsAgree({ ...SALE, ...change }, SALE)).toBe(agree);
});

test("a browser leg without its long item lists still agrees", () => {
  expect(legsAgree(SALE, { ...SALE, content_ids: [], contents: [] })).toBe(true);
  expect(legsAgree(SALE, { ...SALE, content_ids: [], contents: [], value: 12 })).toBe(false);
});

test("legs without sale data agree; a leg with it does not agree with one without", () => {
  expect(legsAgree({}, {})).toBe(true);
  expect(legsAgree({}, { value: 1, currency: "EUR" })).toBe(false);
});
