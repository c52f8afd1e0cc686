import { expect, test } from "vitest";
import { publishedSettings } from "../fixtures/browser/customer-events.ts";
import { aStorefrontPage, NOW } from "../fixtures/browser/storefront-page.ts";

const aPage = () =>
  aStorefrontPage({
    settings: publishedSettings({ storefrontMode: "embed" }),
    privacy: { marketing: true, saleOfData: true },
  });

test("the collector gets the cookies' IDs at the time of the event, as Meta's script reads them", async () => {
  const page = await aPage();
  page.cookies.set("_fbp", `fb.1.${NOW}.77`).set("_fbc", `fb.1.${NOW}.IwAR0new`);

  await page.happens("pageshow", { persisted: true });
  await page.passTime();

  expect(page.posts().at(-1)).toMatchObject({ name: "PageView", fbp: `fb.1.${NOW}.77`, fbc: `fb.1.${NOW}.IwAR0new` });
});

test("the PageView that Meta's script queues on a page's return is removed before a grant sends the queue", async () => {
  const page = await aPage();
  await page.happens("pagehide", {});
  const before = page.commands();
  page.queueCommand("trackCustom", "PageView");
  page.queueCommand("trackCustom", "Quiz", { answer: 42 });
  await page.happens("pageshow", { persisted: true });
  await page.passTime();

  const [first, ...rest] = page.commands().slice(before.length);
  expect(first).toEqual(["trackCustom", "Quiz", { answer: 42 }]);
  expect(rest.at(-1)).toEqual(["consent", "grant"]);
  expect(rest).not.toContainEqual(["trackCustom", "PageView"]);
  expect(page.hits().map((hit) => hit.get("ev"))).toEqual(["PageView"]);
});
