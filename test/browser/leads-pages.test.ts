import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import AxeBuilder from "@axe-core/playwright";
import type { FrameLocator, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { adminUrl, appFrame, connectPixel, openApp, toast } from "../simulators/merchant.ts";
import { shopsCalled } from "../simulators/shopify/shop-seeds.ts";
import { PIXEL } from "../simulators/stack.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { openShopScene, received, type ShopScene } from "./shop-scene.ts";

const STORE = "leads";
const META_LEAD = "525645896321548";
const SIZES = [
  { width: 1280, height: 900 },
  { width: 390, height: 844 },
];

let scene: ShopScene;
let admin: Page;
let frame: FrameLocator;

beforeAll(async () => {
  scene = await openShopScene({ shops: shopsCalled(STORE) });
  admin = scene.admin;
  frame = appFrame(admin);
  await openApp(admin, STORE);
  await connectPixel(admin, PIXEL);
});
afterAll(() => scene.close());
/** The browser notes the answers by which a form says that it was not saved. */
const REFUSED = /status of (?:409|422)/;
afterEach(() => {
  const errors = scene.merchant.consoleErrors.splice(0);
  expect(errors.filter((error) => !REFUSED.test(error))).toEqual([]);
});

const open = async (path: string, heading: string | RegExp): Promise<void> => {
  await admin.goto(adminUrl(STORE, path));
  await frame.getByRole("heading", { level: 1, name: heading }).waitFor();
};

/** Nothing for axe to find, and nothing beside the screen, on a wide one and on a phone. */
async function looksRight(): Promise<void> {
  for (const size of SIZES) {
    await admin.setViewportSize(size);
    const sideways = () => frame.locator("html").evaluate((page) => page.scrollWidth - page.clientWidth);
    await expect.poll(sideways).toBeLessThanOrEqual(0);
    const { violations } = await new AxeBuilder({ page: admin }).include(["#app-iframe", "body"]).analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
  await admin.setViewportSize(SIZES[0] ?? { width: 1280, height: 900 });
}

const shown = (label: string) => frame.locator("p", { hasText: `${label}: ` }).locator("code");

const post = (path: string, body: string, headers: Readonly<Record<string, string>>): Promise<Response> =>
  fetch(new URL(path, scene.stack.app.url), {
    method: "POST",
    body,
    headers: { "content-type": "application/json", ...headers },
  });

test(
  "a merchant makes a key and connects a CRM with a mapping that is tried first, sees the lead qualified, and deletes it",
  async () => {
    await open("/app/leads", "Leads");
    await frame.getByText("No lead yet").waitFor();
    await looksRight();

    await open("/app/leads/setup", "Set up leads");
    await looksRight();
    await frame.getByLabel("What the key is for").fill("Website");
    await frame.getByRole("button", { name: "Create key" }).click();
    const key = await shown("API keys").innerText();
    const stages = [{ lead: { leadId: META_LEAD }, stage: "lead", at: new Date().toISOString(), consent: "granted" }];
    const authorization = `Bearer ${key}`;
    const reported = await post("/api/leads/stages", JSON.stringify({ stages }), { authorization });
    expect(await reported.json()).toMatchObject({ results: [{ outcome: "accepted" }] });

    const body = JSON.stringify({ deal: { meta: META_LEAD, phase: "Hot" } });
    const mapping = {
      lead: [{ by: "leadId", path: "/deal/meta" }],
      stage: { path: "/deal/phase", words: { Hot: "qualified" } },
    };
    await frame.getByLabel("Name", { exact: true }).last().fill("Our CRM");
    await frame.getByLabel("CRM", { exact: true }).selectOption("generic");
    await frame.getByLabel("Mapping as JSON").fill(JSON.stringify(mapping));
    await frame.getByLabel("Example of what your CRM sends").fill("{}");
    await frame.getByRole("button", { name: "Try the mapping" }).click();
    await frame.getByText(/reads no report in the example/).waitFor();
    await frame.getByLabel("Example of what your CRM sends").fill(body);
    await frame.getByRole("button", { name: "Try the mapping" }).click();
    await frame.getByText(/"stage":"qualified"/).waitFor();
    await frame.getByRole("button", { name: "Create address" }).click();
    const address = await shown("Address").innerText();
    const secret = await shown("Secret").innerText();

    const time = `${Math.floor(Date.now() / 1_000)}`;
    const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
    const signed = { "x-tandem-timestamp": time, "x-tandem-signature": `sha256=${signature}` };
    const hooked = await post(new URL(address).pathname, body, signed);
    expect(await hooked.json()).toMatchObject({ results: [{ outcome: "accepted" }] });
    await vi.waitFor(() => expect(received("LeadQualified", scene)).toHaveLength(1), PATIENCE_MS);

    await open("/app/leads?search=525645896321548", "Leads");
    const row = frame.locator(`[data-line="instant-form.${META_LEAD}"]`);
    expect(await row.innerText()).toContain("Qualified");
    await looksRight();
    await row.getByRole("link").click();
    await frame.getByRole("heading", { level: 1, name: /^Lead instant-form/ }).waitFor();
    await frame
      .getByText(/Pixel \d+: /)
      .first()
      .waitFor();
    await looksRight();
    await frame.getByRole("button", { name: "Report stage" }).click();
    await frame.getByRole("status").getByText("Repetition").waitFor();

    await frame.getByRole("button", { name: "Delete …" }).click();
    await frame.getByRole("button", { name: "Delete for good" }).click();
    await toast(admin, /The lead is deleted/);
    await frame.getByText("No lead yet").waitFor();
  },
  4 * PATIENCE_MS,
);

test(
  "HubSpot’s new client secret is entered on the page, refused where it is none, and never shown",
  async () => {
    await open("/app/leads/setup", "Set up leads");
    const making = frame.getByRole("form", { name: "Create address" });
    await making.getByLabel("Name", { exact: true }).fill("HubSpot");
    await making.getByLabel("CRM", { exact: true }).selectOption("hubspot");
    await making.getByLabel(/^Secret of the CRM/).fill("client-secret-of-yesterday");
    await making.getByRole("button", { name: "Create address" }).click();
    await shown("Address").waitFor();

    await open("/app/leads/setup", "Set up leads");
    await frame.getByRole("button", { name: /^New secret for HubSpot/ }).click();
    const form = frame.getByRole("form", { name: /^New secret for HubSpot/ });
    await looksRight();
    await form.getByLabel("The CRM’s new secret").fill("short");
    await form.getByRole("button", { name: "Use the new secret" }).click();
    await form.getByText("A secret has 16 to 200 characters").waitFor();
    await form.getByLabel("The CRM’s new secret").fill("client-secret-of-today-1");
    await form.getByRole("button", { name: "Use the new secret" }).click();
    await frame.getByText("The former secret works until").waitFor();
    expect(await shown("Secret").innerText()).toBe("The secret is your CRM’s own.");
    await expect.poll(() => form.getByLabel("The CRM’s new secret").inputValue()).toBe("");
    expect(await frame.locator("html").evaluate((page) => page.outerHTML)).not.toContain("client-secret-of");
    await looksRight();
  },
  2 * PATIENCE_MS,
);

test("the stages are saved as a version, and another tab is asked before it undoes that", async () => {
  await open("/app/leads/setup", "Set up leads");
  const stage = frame.getByRole("region", { name: "Stage 2: Qualified" });
  await stage.getByText(/has no value/).waitFor();
  const other = await scene.merchant.context.newPage();
  await other.goto(adminUrl(STORE, "/app/leads/setup"));
  const otherStage = appFrame(other).getByRole("region", { name: "Stage 2: Qualified" });
  await otherStage.getByLabel("Value", { exact: true }).fill("60");
  await otherStage.getByLabel("Currency, such as EUR").fill("EUR");

  await stage.getByLabel("Value", { exact: true }).fill("40,5");
  await frame.getByRole("button", { name: "Save stages" }).click();
  const currency = stage.getByLabel("Currency, such as EUR");
  await frame.getByText(/needs its currency/).waitFor();
  const focused = () => frame.locator("html").evaluate(() => document.activeElement?.getAttribute("name"));
  await expect.poll(focused).toBe("stages.1.currency");
  expect(await stage.getByLabel("Value", { exact: true }).inputValue()).toBe("40,5");
  await looksRight();
  await currency.fill("eur");
  await frame.getByRole("button", { name: "Save stages" }).click();
  await toast(admin, /Stages saved/);
  await expect.poll(() => stage.getByText(/has no value/).count()).toBe(0);

  await appFrame(other).getByRole("button", { name: "Save stages" }).click();
  await appFrame(other)
    .getByRole("button", { name: /Save mine/i })
    .waitFor();
  await other.close();
});

test("a key is revoked only after a question", async () => {
  await open("/app/leads/setup", "Set up leads");
  await frame.getByLabel("What the key is for").fill("Old shop");
  await frame.getByRole("button", { name: "Create key" }).click();
  const row = frame.getByRole("row").filter({ hasText: "Old shop" });
  await row.getByRole("button", { name: "Revoke Old shop" }).click();
  await row.getByRole("alert").waitFor();
  await looksRight();
  await row.getByRole("button", { name: "Keep" }).click();
  await row.getByText("Works", { exact: true }).waitFor();
  await row.getByRole("button", { name: "Revoke Old shop" }).click();
  await row.getByRole("button", { name: "Revoke for good" }).click();
  await toast(admin, /Revoked/);
  await row.getByText("Revoked", { exact: true }).waitFor();
});

test("a CSV file is previewed, imported and followed by a file of the rows to correct", async () => {
  await open("/app/leads/setup", "Set up leads");
  const rows = ["Meta;Phase", `9${META_LEAD.slice(1)};Hot`, "=1+1;Hot", "1;Cold"];
  const file = { name: "deals.csv", mimeType: "text/csv", buffer: Buffer.from(rows.join("\r\n")) };
  const card = frame.getByRole("region", { name: "Import a CSV file" });
  await card.getByLabel("CSV file", { exact: true }).setInputFiles(file);
  await card.getByText(/^9\d+ · Hot$/).waitFor();
  await card.getByRole("button", { name: "Preview" }).click();
  await card.getByText(/No column names the lead/).waitFor();
  await card.getByLabel("Meta’s lead ID").selectOption("Meta");
  await card.getByLabel(/What the cells say/).fill("Hot = qualified");
  await card.getByRole("button", { name: "Preview" }).click();
  await card.getByText(/qualified, .*, by: Meta’s lead ID$/).waitFor();
  await card.getByRole("button", { name: "Import" }).click();
  await card.getByText("The import is done").waitFor();
  await card.getByText("Consent unknown: 1").waitFor();
  await card.getByText(/Send the consent with the report/).waitFor();
  await looksRight();
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    card.getByRole("button", { name: "Download all rows to correct" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe("to-correct-deals.csv");
  const corrections = await readFile(await download.path(), "utf8");
  expect(corrections.split("\r\n").slice(0, 2)).toEqual([
    "Line,What became of it,What to do,Meta,Phase",
    expect.stringMatching(new RegExp(`^2,Consent unknown,.*Send the consent.*,9${META_LEAD.slice(1)},Hot$`)),
  ]);
  expect(corrections).toContain("'=1+1");
});
