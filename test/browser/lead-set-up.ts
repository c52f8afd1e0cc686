import type { HookPreset } from "../../app/leads/hooks/types.ts";
import { adminUrl, appFrame } from "../simulators/merchant.ts";
import type { ShopScene } from "./shop-scene.ts";
import { STORE } from "./storefront-scene.ts";

/** Opens the page anew, without what it showed once before. */
async function openSetUp({ admin }: ShopScene) {
  await admin.goto(adminUrl(STORE, "/app/leads/setup"));
  const page = appFrame(admin);
  await page.getByRole("heading", { level: 1, name: "Set up leads" }).waitFor();
  const shown = (label: string): Promise<string> =>
    page
      .locator("p", { hasText: `${label}: ` })
      .locator("code")
      .innerText();
  return { page, shown };
}

/** An API key, as the merchant copies it from the page. */
export async function makeKey(scene: ShopScene): Promise<string> {
  const { page, shown } = await openSetUp(scene);
  await page.getByLabel("What the key is for").fill("CRM");
  await page.getByRole("button", { name: "Create key" }).click();
  return shown("API keys");
}

export type Entered = {
  readonly preset: HookPreset;
  readonly secret?: string;
  readonly account?: string | undefined;
  readonly mapping?: string;
  readonly example?: string;
};

/** An address for a CRM, and what the page shows as its secret. */
export async function connectCrm(entered: Entered, scene: ShopScene): Promise<{ url: string; secret: string }> {
  const { page, shown } = await openSetUp(scene);
  const form = page.getByRole("form", { name: "Create address" });
  await form.getByLabel("Name", { exact: true }).fill(entered.preset);
  await form.getByLabel("CRM", { exact: true }).selectOption(entered.preset);
  await form.getByLabel(/^Secret of the CRM/).fill(entered.secret ?? "");
  await form.getByLabel(/^ID of your account there/).fill(entered.account ?? "");
  await form.getByLabel("Mapping as JSON").fill(entered.mapping ?? "");
  await form.getByLabel("Example of what your CRM sends").fill(entered.example ?? "");
  await form.getByRole("button", { name: "Create address" }).click();
  return { url: await shown("Address"), secret: await shown("Secret") };
}
