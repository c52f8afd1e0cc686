import type { Browser, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { launchChromium, newShopper, type Shopper } from "../simulators/browser.ts";
import { buildClientBundles } from "../simulators/shopify/client-bundles.ts";

// The stand-in for Polaris web components refuses what Shopify's own list of them does not know.

let browser: Browser;
let script: string;
let visitor: Shopper;
let page: Page;

beforeAll(async () => {
  [browser, { polaris: script }] = await Promise.all([launchChromium({ hosts: {} }), buildClientBundles()]);
});
afterAll(() => browser.close());
afterEach(() => visitor.close());
beforeEach(async () => {
  visitor = await newShopper(browser);
  page = await visitor.context.newPage();
});

async function show(body: string): Promise<readonly string[]> {
  await page.setContent(`<!doctype html><html lang="en"><title>Page</title><body>${body}</body></html>`);
  await page.addScriptTag({ content: script });
  // The errors of a page come in the order of what else it says.
  const said = page.waitForEvent("console", (message) => message.text() === "shown");
  await page.evaluate(() => setTimeout(() => console.log("shown")));
  await said;
  return visitor.consoleErrors;
}

test.each([
  ["an element that there is not", "<s-card></s-card>", /there is no <s-card>/],
  ["an attribute that there is not", '<s-button kind="x">A</s-button>', /kind="x".*no such attribute/],
  ["a style", '<s-text style="color: red">A</s-text>', /no such attribute/],
  ["a value that there is not", '<s-badge tone="attention">A</s-badge>', /tone="attention".*no such value/],
  ["a boolean that says false", '<s-button disabled="false">A</s-button>', /leave a false one out/],
  ["a slot that there is not", '<s-page><p slot="footer">A</p></s-page>', /no slot "footer"/],
  ["a child that its parent does not accept", "<s-select><option>A</option></s-select>", /accepts no <option>/],
  ["a row outside of a table's body", "<s-section><s-table-row></s-table-row></s-section>", /must not stand in/],
  ["an element that is not drawn yet", "<s-color-picker></s-color-picker>", /not simulated yet/],
])("%s is an uncaught error of the page", async (_name, body, problem) => {
  expect((await show(body)).join("\n")).toMatch(problem);
});

test("what comes later is checked as well", async () => {
  expect(await show("<s-stack><s-text>A</s-text></s-stack>")).toEqual([]);
  await page.locator("s-text").evaluate((element) => element.setAttribute("tone", "loud"));
  await expect.poll(() => visitor.consoleErrors.join()).toMatch(/tone="loud".*no such value/);
});

const FORM = `<form aria-label="Order">
  <s-text-field label="Name" name="name" value="Ann" details="As on the card" error="Too short"></s-text-field>
  <s-select label="Size" name="size" value="m"><s-option value="s">Small</s-option><s-option value="m">Medium</s-option></s-select>
  <s-checkbox label="Gift" name="gift" checked></s-checkbox>
  <s-choice-list label="Colors" name="colors" multiple>
    <s-choice value="red" selected>Red</s-choice><s-choice value="blue">Blue</s-choice>
  </s-choice-list>
  <s-button type="submit">Send</s-button>
</form><output></output>`;

const sent = (): Promise<string> =>
  page.evaluate(() =>
    new URLSearchParams(
      Array.from(new FormData(document.forms[0]), ([name, value]) => [name, typeof value === "string" ? value : ""]),
    ).toString(),
  );

test("fields have their labels and problems, belong to the form around them, and follow its reset", async () => {
  expect(await show(FORM)).toEqual([]);
  expect(await sent()).toBe("name=Ann&size=m&gift=on&colors=red");
  const name = page.getByLabel("Name");
  expect(await name.evaluate((input) => input.getAttribute("aria-describedby"))).toBe("details error");
  await name.fill("Bo");
  await page.getByLabel("Size").selectOption("Small");
  await page.getByLabel("Gift").uncheck();
  await page.getByLabel("Blue").check();
  expect(await sent()).toBe("name=Bo&size=s&colors=red&colors=blue");

  await page.evaluate(() => document.forms[0]?.reset());
  expect(await sent()).toBe("name=Ann&size=m&gift=on&colors=red");
});

test("a submit button and the Enter key send the form", async () => {
  await show(FORM);
  await page.evaluate(() => {
    document.forms[0]?.addEventListener("submit", (event) => {
      event.preventDefault();
      document.querySelector("output")?.append("sent ");
    });
  });
  await page.getByRole("button", { name: "Send" }).click();
  await page.getByLabel("Name").press("Enter");
  expect(await page.locator("output").textContent()).toBe("sent sent ");
});

test("headings, regions, tables and lists have their roles", async () => {
  const table = `<s-table><s-table-header-row><s-table-header>State</s-table-header></s-table-header-row>
    <s-table-body><s-table-row><s-table-cell>Ready</s-table-cell></s-table-row></s-table-body></s-table>`;
  const list = "<s-unordered-list><s-list-item>One</s-list-item></s-unordered-list>";
  const body = `<s-page heading="Files"><s-section heading="Today">${table}${list}</s-section></s-page>`;
  expect(await show(body)).toEqual([]);
  await page.getByRole("heading", { level: 1, name: "Files" }).waitFor();
  const today = page.getByRole("region", { name: "Today" });
  expect(await today.getByRole("heading", { level: 2 }).textContent()).toBe("Today");
  expect(await today.getByRole("table").getByRole("row").count()).toBe(0);
  expect(await today.getByRole("row").filter({ hasText: "Ready" }).getByRole("cell").innerText()).toBe("Ready");
  expect(await today.getByRole("listitem").innerText()).toBe("One");
});

test("on a phone a value of a table stands behind the label of its column, unless the column has another place", async () => {
  const heads = `<s-table-header listSlot="primary">Name</s-table-header><s-table-header>State</s-table-header>`;
  const cells = `<s-table-cell>Report</s-table-cell><s-table-cell>Ready</s-table-cell>`;
  const body = `<s-table><s-table-header-row>${heads}</s-table-header-row><s-table-body><s-table-row>${cells}</s-table-row></s-table-body></s-table>`;
  expect(await show(body)).toEqual([]);
  const labels = () =>
    page
      .locator("s-table-cell .cell-label")
      .evaluateAll((all) => all.map((label) => getComputedStyle(label, "::before").content));
  expect(await labels()).toEqual(["none", "none"]);
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 390, height: 800 });
  expect(await labels()).toEqual(["none", '"State: "']);
  if (wide !== null) await page.setViewportSize(wide);
});
