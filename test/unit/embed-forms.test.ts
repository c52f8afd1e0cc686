import { describe, expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, type PageOptions } from "../fixtures/browser/storefront-page.ts";

const ALLOWED = { marketing: true, saleOfData: true };
const REFUSED = { marketing: false, saleOfData: true };

const modeWith = (storefrontMode: "pixel" | "lite", forms?: readonly { form: string; as: string }[]) =>
  publishedSettings({ storefrontMode, ...(forms && { forms }) });
const aPage = (options: Partial<PageOptions> = {}) =>
  aStorefrontPage({ settings: modeWith("lite"), privacy: ALLOWED, ...options });
const formEvents = (page: Awaited<ReturnType<typeof aPage>>) =>
  page
    .posts()
    .map(({ name }) => name)
    .filter((name) => name !== "PageView");

/** A form sent on one page, and the page that follows. */
async function sentAndFollowed(
  fields: Record<string, string>,
  options: Partial<PageOptions> & { readonly next: string; readonly fits?: readonly string[] },
) {
  const session = new Map<string, string>();
  const { next, fits = [], ...both } = options;
  const first = await aPage({ ...both, session });
  await first.submits(fields, ...fits);
  const second = await aPage({ ...both, session, href: `https://oak-and-ash.com/${next}` });
  return { first: formEvents(first), second: formEvents(second), page: second };
}

describe("Shopify's own forms", () => {
  test.each([
    ["contact", "pages/contact?contact_posted=true", "Contact"],
    ["customer", "?customer_posted=true", "Lead"],
  ])("%s is reported on both legs by the page that says that it was taken", async (form_type, next, name) => {
    const { first, second, page } = await sentAndFollowed({ form_type }, { next });

    expect(first).toEqual([]);
    expect(second).toEqual([name]);
    expect(page.hits().map((hit) => [hit.get("ev"), hit.get("eid")])).toContainEqual([name, page.posts()[1]?.id]);
  });

  test("one that was refused is no event", async () => {
    const { second } = await sentAndFollowed({ form_type: "contact" }, { next: "pages/contact" });

    expect(second).toEqual([]);
  });

  test("one is reported as the merchant's rule says, or not at all", async () => {
    const next = "?contact_posted=true";
    const asLead = await sentAndFollowed(
      { form_type: "contact" },
      { next, settings: modeWith("lite", [{ form: "contact", as: "Lead" }]) },
    );
    const not = await sentAndFollowed(
      { form_type: "contact" },
      { next, settings: modeWith("lite", [{ form: "contact", as: "none" }]) },
    );

    expect([asLead.second, not.second]).toEqual([["Lead"], []]);
  });

  test("one particular form among its kind has its own rule", async () => {
    const rules = [
      { form: "#wholesale", as: "CompleteRegistration" },
      { form: "contact", as: "none" },
    ];
    const { first, second } = await sentAndFollowed(
      { form_type: "contact" },
      { next: "?contact_posted=true", settings: modeWith("lite", rules), fits: ["#wholesale"] },
    );

    expect([first, second]).toEqual([[], ["CompleteRegistration"]]);
  });
});

describe("a form of somebody else", () => {
  const settings = modeWith("lite", [{ form: "#wholesale", as: "Lead" }]);

  test("with a rule is reported when it is sent, once", async () => {
    const { first, second } = await sentAndFollowed({}, { next: "thanks", settings, fits: ["#wholesale"] });

    expect([first, second]).toEqual([["Lead"], []]);
  });

  test("without a rule is left alone", async () => {
    const { first, second } = await sentAndFollowed({}, { next: "thanks", settings, fits: [".search"] });

    expect([first, second]).toEqual([[], []]);
  });

  test("is reported in pixel mode too, where the web pixel sees no forms", async () => {
    const { first } = await sentAndFollowed(
      {},
      { next: "thanks", settings: modeWith("pixel", [{ form: "#wholesale", as: "Lead" }]), fits: ["#wholesale"] },
    );

    expect(first).toEqual(["Lead"]);
  });

  test("says nothing where the shop's rule names what no browser may report", async () => {
    const { first } = await sentAndFollowed(
      {},
      { next: "", settings: modeWith("lite", [{ form: "#wholesale", as: "Purchase" }]), fits: ["#wholesale"] },
    );

    expect(first).toEqual([]);
  });
});

test("a form that was sent without consent is never reported, also when the visitor agrees on the next page", async () => {
  const session = new Map<string, string>();
  const first = await aPage({ privacy: REFUSED, session });
  await first.submits({ form_type: "contact" });
  const second = await aPage({ privacy: REFUSED, session, href: "https://oak-and-ash.com/?contact_posted=true" });
  await second.answer(ALLOWED);

  expect(session.has("tandem.form")).toBe(false);
  expect(formEvents(second)).toEqual([]);
});

test("a form that was sent with consent is forgotten when consent is withdrawn", async () => {
  const session = new Map<string, string>();
  const first = await aPage({ session });
  await first.submits({ form_type: "contact" });
  await first.answer(REFUSED);

  expect(session.has("tandem.form")).toBe(false);
});

test("in a browser that keeps nothing, pages are reported and forms are not", async () => {
  const page = await aPage({ keepsNothing: true });
  await page.submits({ form_type: "contact" });

  expect(page.posts().map(({ name, fbp }) => [name, fbp])).toEqual([["PageView", null]]);
  expect(page.requests.some(({ url }) => url.includes("senders"))).toBe(false);
});
