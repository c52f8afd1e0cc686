import fc from "fast-check";
import {
  purchaseFactsFromCheckout,
  saleFromCheckout,
  type PixelCheckout,
  type PixelLine,
} from "../../../../app/browser/checkout.ts";
import { hitQuery } from "../../../../app/browser/meta-hit.ts";
import { fieldsOf } from "../../../../app/event-contract/json.ts";
import type { EventId } from "../../../../app/event-contract/event-id.ts";
import { parseCollectorPost } from "../../../../app/event-contract/parse-collector-post.ts";
import { parsePublishedSettings } from "../../../../app/event-contract/published-settings.ts";
import { purchaseData, saleData } from "../../../../app/event-contract/purchase.ts";
import { fieldsOfBody } from "../../../../app/theme-embed/fields-of-body.ts";
import { itemData, listedData, parseShownPage, searchData } from "../../../../app/theme-embed/shown-page.ts";
import {
  searchData as searchedInPixel,
  variantData,
} from "../../../../extensions/tandem-web-pixel/src/storefront-events.ts";
import { aCollectorPost } from "../../../fixtures/orders/collector-post.ts";
import { publishedSettings } from "../../../fixtures/browser/customer-events.ts";
import { aCheckout } from "../../../fixtures/orders/pixel-checkout.ts";
import { aShopDomain } from "../../../fixtures/orders/settings.ts";
import { jsonLike, valueLike } from "../hostile-json.ts";
import { hostileText, textLike } from "../hostile-text.ts";
import { expectSame, expectThat } from "../invariants.ts";
import { fuzzed } from "../of-inputs.ts";

const RULES = { valueBasis: "total", contentId: "variant_id", contentCountry: "US" } as const;

export const published = fuzzed("published settings", jsonLike(JSON.stringify(publishedSettings())), (text) => {
  const settings = parsePublishedSettings(text);
  expectThat(settings === null || typeof settings === "object", "settings are whole, or there are none");
});

export const checkouts = fuzzed("checkout of the web pixel", valueLike(JSON.stringify(aCheckout())), (value) => {
  // The sandbox hands it over as what the types say; a field of another kind must not end the pixel.
  const checkout = listsKept(value ?? {});
  const facts = purchaseFactsFromCheckout(checkout, aShopDomain());
  if (!("missing" in facts)) expectNumbers(purchaseData(facts, RULES));
  const sale = saleFromCheckout(checkout);
  if (!("missing" in sale)) expectNumbers(saleData(sale, RULES));
});

/** The types let every field be missing, but a list is a list and a product's type is text. */
function listsKept({ lineItems, delivery, ...rest }: PixelCheckout): PixelCheckout {
  const options = objectsIn(delivery?.selectedDeliveryOptions);
  const lines = objectsIn(lineItems).map((line) => ({
    ...line,
    variant: withTextType(line.variant),
    discountAllocations: objectsIn(line.discountAllocations),
  }));
  return { ...rest, lineItems: lines, delivery: { selectedDeliveryOptions: options } };
}

const withTextType = (variant: PixelLine["variant"]): PixelLine["variant"] => {
  const type = variant?.product?.type;
  return { ...variant, product: { ...variant?.product, type: typeof type === "string" ? type : null } };
};

const objectsIn = <T>(list: readonly T[] | null | undefined): readonly NonNullable<T>[] =>
  Array.isArray(list) ? list.filter((each): each is NonNullable<T> => fieldsOf(each) !== null) : [];

function expectNumbers(data: object): void {
  for (const [name, value] of Object.entries(data)) {
    if (typeof value === "number") expectThat(Number.isFinite(value), `${name} is a finite number`);
  }
}

const SHOWN = JSON.stringify({
  currency: "EUR",
  selected: "44001",
  category: null,
  search: "oak",
  products: [
    [
      "8801",
      "Oak bowl",
      "Bowls",
      [
        ["44001", "OAK-1", 2550],
        ["44002", null, 3000],
      ],
    ],
  ],
  person: { em: "0a".repeat(32) },
});

export const shownPages = fuzzed("page of the storefront", fc.tuple(jsonLike(SHOWN), hostileText), ([text, query]) => {
  const page = parseShownPage(text, RULES);
  for (const item of page.items.slice(0, 3)) expectNumbers(itemData(item, 2, page) ?? {});
  expectThat(Array.isArray(listedData(page).content_ids ?? []), "a list's ids are a list");
  const found = searchData(query)?.search_string;
  expectThat(found === undefined || !found.includes("@"), "no address is searched for");
});

const NAMES = [
  "id",
  "quantity",
  "items[0][id]",
  "items[0][quantity]",
  "items[][id]",
  "updates[44001]",
  "items",
] as const;
const field = fc.tuple(textLike(...NAMES), textLike("44001", "2", "44001:0a1b2c"));
const FORM = "items%5B0%5D%5Bid%5D=44001&items%5B0%5D%5Bquantity%5D=2&sections=cart";
const CART = '{"items":[{"id":44001,"quantity":2,"properties":{"_a":"b"}}],"sections":"cart"}';

const formOf = (fields: readonly (readonly [string, string])[]): FormData => {
  const form = new FormData();
  for (const [name, value] of fields) form.append(name, value);
  return form;
};
const cartBody: fc.Arbitrary<unknown> = fc.oneof(
  jsonLike(CART),
  textLike(FORM, "id=44001&quantity=2", "updates[44001]=3"),
  fc.array(field, { maxLength: 6 }).map(formOf),
  fc.array(field, { maxLength: 6 }).map((fields) => new URLSearchParams(fields.map(([name, value]) => [name, value]))),
  fc.constantFrom(null, undefined, 1, new Uint8Array(3), new Blob(["{}"])),
);

export const cartBodies = fuzzed("body of a cart request", cartBody, (body) => {
  const fields = fieldsOfBody(body);
  expectThat(typeof fields === "object", "a body has fields, or none");
});

/** A page's texts are well-formed: HTML and addresses bring neither half a surrogate pair nor U+0000. */
const pageText = hostileText.map((text) =>
  new TextDecoder().decode(new TextEncoder().encode(text)).replaceAll("\0", "\ufffd"),
);
const ID = "5f0c1c52-8f0e-4a53-9d3e-1f8f1f6c8f11" as EventId;

export const metaHits = fuzzed(
  "hit of Meta's pixel",
  fc.record({ url: pageText, title: pageText, search: pageText, limited: fc.boolean() }),
  ({ url, title, search, limited }) => {
    const hit = { to: "1234567890123456", id: ID, at: 1, url, referrer: null, limited, fbp: null, fbc: null };
    const product = { title, type: search };
    const shown = { variantId: "44001", price: 2550, ...product };
    for (const data of [
      searchData(search),
      itemData(shown, 1, { ...parseShownPage(SHOWN, RULES) }),
      searchedInPixel({ query: search }, RULES),
      variantData({ id: "44001", price: { amount: 25.5, currencyCode: "EUR" }, product }, RULES),
    ]) {
      if (data === null) continue;
      const sent = new URLSearchParams(hitQuery({ ...hit, as: "Search", data }));
      expectSame(sent.get("dl"), url, "an address is sent as it is");
      for (const key of ["search_string", "content_name", "content_category"] as const) {
        expectSame(sent.get(`cd[${key}]`) ?? undefined, data[key], "what is sent is what was written");
      }
      const post = JSON.stringify(aCollectorPost({ name: "Search", data }));
      expectThat(parseCollectorPost(post).ok, "what a browser reports the collector takes");
    }
  },
);
