import { generateKeyPairSync, randomUUID } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { HookPreset } from "../../app/leads/hooks/types.ts";
import { ACCOUNTS, crmRequest, HUBSPOT_SECRET, PIPEDRIVE_STAGES } from "../support/crm-sender.ts";
import { connectCrm, makeKey } from "./lead-set-up.ts";
import type { ShopScene } from "./shop-scene.ts";
import { STORE } from "./storefront-scene.ts";

/** HighLevel's key pair in these tests. */
export const HIGHLEVEL = generateKeyPairSync("ed25519");

/** The person who sent the form. */
export type Sender = { readonly email: string; readonly reference: string; readonly customerId: string };

/** A stage that the merchant's own system reports. A repetition has the delivery's number of the first time. */
export type Reported = {
  readonly sender: Sender;
  readonly stage: string;
  readonly at: Date;
  readonly delivery: number;
};

/** Resolves when the app has answered; with the outcome where the answer has one, else null. */
export type Way = (reported: Reported) => Promise<string | null>;

/** The stages that the ways take leads to. A customer's tag is a way only for a stage that has one. */
export const FUNNEL = JSON.stringify({
  stages: [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "qualified", name: "Qualified", event: "LeadQualified", customerTag: "qualified" },
    { key: "won", name: "Won", event: "LeadWon", kind: "won", customerTag: "won" },
  ],
  customerMetafield: "custom.lead_stage",
});

const firstOutcome = (text: string): string | null =>
  (JSON.parse(text) as { results: { outcome: string }[] }).results[0]?.outcome ?? null;

async function answerOf(response: Response): Promise<string> {
  const text = await response.text();
  if (!response.ok) throw new Error(`${response.status}: ${text}`);
  return text;
}

async function apiWay(scene: ShopScene): Promise<Way> {
  const key = await makeKey(scene);
  return async ({ sender, stage, at, delivery }) => {
    const response = await fetch(`${scene.stack.app.url}/api/leads/stages`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${key}`,
        "content-type": "application/json",
        "idempotency-key": `delivery-${delivery}`,
      },
      body: JSON.stringify({ stages: [{ lead: { externalId: sender.reference }, stage, at: at.toISOString() }] }),
    });
    return firstOutcome(await answerOf(response));
  };
}

const PIPEDRIVE_MAPPING = JSON.stringify({
  when: [{ path: "/meta/entity", is: ["deal"] }],
  lead: [{ by: "externalId", path: "/data/id" }],
  stage: {
    path: "/data/stage_id",
    words: Object.fromEntries(Object.entries(PIPEDRIVE_STAGES).map(([stage, number]) => [String(number), stage])),
  },
  at: { path: "/meta/timestamp" },
  id: ["/meta/id"],
});

async function hookWay(preset: HookPreset, scene: ShopScene): Promise<Way> {
  const { privateKey } = HIGHLEVEL;
  const own = { url: "", secret: HUBSPOT_SECRET, privateKey };
  const made = await connectCrm(
    {
      preset,
      account: ACCOUNTS[preset],
      ...(preset === "hubspot" && { secret: HUBSPOT_SECRET }),
      ...(preset === "pipedrive" && {
        mapping: PIPEDRIVE_MAPPING,
        example: crmRequest(preset, { ...EXAMPLE, at: new Date() }, own).body,
      }),
    },
    scene,
  );
  const connection = { ...made, privateKey, ...(preset === "hubspot" && { secret: HUBSPOT_SECRET }) };
  return async ({ sender, ...report }) => {
    const { headers, body } = crmRequest(preset, { ...sender, ...report }, connection);
    const text = await answerOf(await fetch(made.url, { method: "POST", headers, body }));
    return preset === "salesforce-message" ? null : firstOutcome(text);
  };
}

const EXAMPLE = { email: "example@example.com", reference: "1", stage: "qualified", delivery: 0 };

/** Shopify sends a webhook when somebody tags a customer. */
const tagWay =
  ({ stack: { shopify } }: ShopScene): Way =>
  async ({ sender: { customerId }, stage }) => {
    shopify.changeTags(STORE, { kind: "added", customerId, tags: [stage] });
    await shopify.settled();
    return null;
  };

/** Shopify tells the shop's own subscription when a metafield of a customer changes, and of their other changes. */
const metafieldWay = ({ stack: { shopify } }: ShopScene): Way => {
  const before = new Set<number>();
  return async ({ sender: { customerId }, stage, at, delivery }) => {
    const field = { customerId, namespace: "custom", key: "lead_stage" };
    // A value that comes twice without a change is none; in between it was another.
    if (before.has(delivery)) shopify.changeCustomer(STORE, customerId);
    else {
      shopify.changeMetafield(STORE, { ...field, value: null });
      shopify.changeMetafield(STORE, { ...field, value: stage, at });
    }
    before.add(delivery);
    await shopify.settled();
    return null;
  };
};

/** A workflow of Shopify Flow runs the app's action. Flow repeats a run under its own ID. */
const flowWay = ({ stack: { shopify } }: ShopScene): Way => {
  const runs = new Map<number, string>();
  return async ({ sender: { email }, stage, at, delivery }) => {
    const runId = runs.get(delivery) ?? randomUUID();
    runs.set(delivery, runId);
    const fields = { stage, email, reached_at: at.toISOString() };
    const { state, message, attempts } = await shopify.flow.runAction(
      shopify.shop(STORE),
      "tandem-send-stage",
      fields,
      { runId },
    );
    if (state !== "done") throw new Error(message ?? state);
    return (JSON.parse(attempts.at(-1)?.body ?? "{}") as { outcome: string }).outcome;
  };
};

const csvWay =
  (folder: string, { runShop }: ShopScene): Way =>
  async ({ sender: { email }, stage, at, delivery }) => {
    const file = path.join(folder, "stages.csv");
    await writeFile(file, `email,stage,at,id\n${email},${stage},${at.toISOString()},row-${delivery}\n`);
    const answer = await runShop("import-stages", file, "--shop", `${STORE}.myshopify.com`, "--json");
    const { outcomes } = JSON.parse(answer) as { outcomes: Record<string, number> };
    return Object.keys(outcomes)[0] ?? null;
  };

export const WAYS = [
  "API",
  "HubSpot",
  "Pipedrive",
  "Salesforce Flow",
  "Salesforce outbound message",
  "GoHighLevel",
  "generic JSON",
  "customer's tag",
  "customer's metafield",
  "Shopify Flow",
  "CSV file",
] as const;
export type WayName = (typeof WAYS)[number];

/** Every way in, set up as a merchant does before the first lead comes. */
export async function openWays(
  scene: ShopScene,
): Promise<{ readonly ways: Readonly<Record<WayName, Way>>; close: () => Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "lead-ways-"));
  const ways = {
    API: await apiWay(scene),
    HubSpot: await hookWay("hubspot", scene),
    Pipedrive: await hookWay("pipedrive", scene),
    "Salesforce Flow": await hookWay("salesforce-flow", scene),
    "Salesforce outbound message": await hookWay("salesforce-message", scene),
    GoHighLevel: await hookWay("gohighlevel", scene),
    "generic JSON": await hookWay("generic", scene),
    "customer's tag": tagWay(scene),
    "customer's metafield": metafieldWay(scene),
    "Shopify Flow": flowWay(scene),
    "CSV file": csvWay(folder, scene),
  };
  return { ways, close: () => rm(folder, { recursive: true }) };
}
