import { hash } from "node:crypto";
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
  const { next, fits = [], session = new Map<string, string>(), ...both } = options;
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

  test("a refused form sends no event", async () => {
    const { second } = await sentAndFollowed({ form_type: "contact" }, { next: "pages/contact" });

    expect(second).toEqual([]);
  });

  test("a form is reported by the merchant's rule, or not at all", async () => {
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

  test("a rule can apply to one particular form", async () => {
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

describe("a third-party form", () => {
  const settings = modeWith("lite", [{ form: "#wholesale", as: "Lead" }]);

  test("with a rule is reported on submit, once", async () => {
    const { first, second } = await sentAndFollowed({}, { next: "thanks", settings, fits: ["#wholesale"] });

    expect([first, second]).toEqual([["Lead"], []]);
  });

  test("without a rule is not reported", async () => {
    const { first, second } = await sentAndFollowed({}, { next: "thanks", settings, fits: [".search"] });

    expect([first, second]).toEqual([[], []]);
  });

  test("is reported in pixel mode too, because the web pixel sees no forms", async () => {
    const { first } = await sentAndFollowed(
      {},
      { next: "thanks", settings: modeWith("pixel", [{ form: "#wholesale", as: "Lead" }]), fits: ["#wholesale"] },
    );

    expect(first).toEqual(["Lead"]);
  });

  test("is not reported if its rule names an event that browsers may not report", async () => {
    const { first } = await sentAndFollowed(
      {},
      { next: "", settings: modeWith("lite", [{ form: "#wholesale", as: "Purchase" }]), fits: ["#wholesale"] },
    );

    expect(first).toEqual([]);
  });
});

describe("what a form says of its sender", () => {
  const sha256 = (text: string): string => hash("sha256", text, "hex");
  const next = "pages/contact?contact_posted=true";
  const fields = {
    form_type: "contact",
    "contact[email]": " Ada@Example.com ",
    "contact[phone]": "+1 650-555 1212",
    "contact[tandem_reference]": "deal 7, north",
  };
  const href = "https://oak-and-ash.com/?utm_source=meta&fbclid=Click-1&page=2&utm_term=tea%20%26%20cake";

  test("goes to the collector with the lead: hashes, the merchant's reference, and the campaign of the first page", async () => {
    const session = new Map<string, string>();
    await aPage({ session, href });
    const { page } = await sentAndFollowed(fields, { next, session, href: "https://oak-and-ash.com/pages/contact" });

    const post = page.posts().find(({ name }) => name === "Contact");
    expect(post?.person).toEqual({ em: sha256("ada@example.com"), ph: sha256("16505551212") });
    expect(post?.form).toEqual({
      reference: "deal 7, north",
      campaign: { utm_source: "meta", fbclid: "Click-1", utm_term: "tea & cake" },
    });
    expect(page.posts().find(({ name }) => name === "PageView")?.person ?? null).toBeNull();
    expect([...session.keys()]).not.toContain("tandem.form");
  });

  test("is added to what is known of a customer who is logged in", async () => {
    const person = { external_id: "a".repeat(64), em: "b".repeat(64) };
    const { page } = await sentAndFollowed(fields, { next, page: { person } });
    expect(page.posts().find(({ name }) => name === "Contact")?.person).toEqual({
      external_id: person.external_id,
      em: sha256("ada@example.com"),
      ph: sha256("16505551212"),
    });
  });

  test("is kept in the tab as hashes alone, and only as long as the visitor allows it", async () => {
    const session = new Map<string, string>();
    const page = await aPage({ session, href });
    await page.submits(fields);
    expect(session.get("tandem.form")).toBe(
      `contact,,${sha256("ada@example.com")},${sha256("16505551212")},deal 7, north`,
    );
    expect([...session.values()].join().toLowerCase()).not.toContain("ada@");

    await page.answer(REFUSED);
    expect([session.has("tandem.form"), session.has("tandem.campaign")]).toEqual([false, false]);
  });

  test("is not kept without consent, nor is the campaign", async () => {
    const session = new Map<string, string>();
    const page = await aPage({ session, href, privacy: REFUSED });
    await page.submits(fields);
    expect([...session.keys()].filter((key) => key.startsWith("tandem.") && key !== "tandem.cart")).toEqual([]);
  });
});

test("a form submitted without consent is never reported, even if the visitor consents on the next page", async () => {
  const session = new Map<string, string>();
  const first = await aPage({ privacy: REFUSED, session });
  await first.submits({ form_type: "contact" });
  const second = await aPage({ privacy: REFUSED, session, href: "https://oak-and-ash.com/?contact_posted=true" });
  await second.answer(ALLOWED);

  expect(session.has("tandem.form")).toBe(false);
  expect(formEvents(second)).toEqual([]);
});

test("a form submitted with consent is dropped when consent is withdrawn", async () => {
  const session = new Map<string, string>();
  const first = await aPage({ session });
  await first.submits({ form_type: "contact" });
  await first.answer(REFUSED);

  expect(session.has("tandem.form")).toBe(false);
});

test("in a browser without storage, pages are reported and forms are not", async () => {
  const page = await aPage({ keepsNothing: true });
  await page.submits({ form_type: "contact" });

  expect(page.posts().map(({ name, fbp }) => [name, fbp])).toEqual([["PageView", null]]);
  expect(page.requests.some(({ url }) => url.includes("senders"))).toBe(false);
});
