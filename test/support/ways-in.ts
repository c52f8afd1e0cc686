import { createHash, createHmac, randomUUID } from "node:crypto";
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { API_SECRET } from "../simulators/app-process.ts";
import { aForm } from "./lead-scene.ts";
import { postToFlow } from "./flow-scene.ts";
import { postWebhook } from "./signed-webhook.ts";
import { anId, GRANTED } from "./store-scenes.ts";
import type { TestApp } from "./test-app.ts";

/** A report as somebody makes it. `lead`: a number, of which each way makes the name that it knows the lead by. */
export type Input = { readonly lead: number; readonly stage: string; readonly at: string };

/** What is wrong with a request, whatever it reports. */
export type Flaw = "wrong secret" | "former secret" | "shop without the app" | "too large" | "unreadable";

/** What one way in was answered, in the words of the table in docs/leads.md. */
export type WayIn = (input: Input, flaw?: Flaw) => Promise<string>;

/** A shop and how its own systems prove themselves; `former`: what was replaced. */
export type Connected = {
  readonly app: TestApp;
  readonly shop: string;
  readonly uninstalled: string;
  readonly key: { readonly now: string; readonly former: string; readonly ofUninstalled: string };
  readonly hook: Hook & { readonly formerSecret: string };
  readonly hookOfUninstalled: Hook;
  /** For files. */
  readonly folder: string;
};
type Hook = { readonly id: string; readonly secret: string };

const referenceOf = (lead: number): string => `ref-${lead}`;
const customerOf = (lead: number): string => String(7_000_000 + lead);
const TOO_LARGE = "x".repeat(6 * 1024 * 1024);

/** A contact form of two seconds ago, whose sender is known by each of the ways' names. */
export async function aKnownLead(
  { app, shop }: Pick<Connected, "app" | "shop">,
  { lead, declined = false, id = `lead-${lead}` }: { lead: number; declined?: boolean; id?: string },
): Promise<void> {
  const at = Date.now() - 2_000;
  const form = {
    id: anId(id),
    at,
    sentAt: at,
    url: `https://${shop}/pages/contact`,
    person: { external_id: createHash("sha256").update(customerOf(lead)).digest("hex") },
    form: { reference: referenceOf(lead) },
    consent: { ...GRANTED, marketing: !declined },
  };
  const { status } = await app.collect(shop, aForm(form));
  if (status !== 204) throw new Error(`the form was answered ${status}`);
}

async function problemOf(response: Response): Promise<string> {
  const { type } = (await response.json()) as { type: string };
  return `${response.status} \`${type.replace("urn:tandem:problem:", "")}\``;
}

async function resultOf(response: Response): Promise<string> {
  if (!response.ok) return problemOf(response);
  type Body = { results?: { outcome: string }[]; outcome?: string; quarantined?: string };
  const { results = [], outcome = results[0]?.outcome, quarantined } = (await response.json()) as Body;
  return quarantined === undefined ? `200 \`${outcome ?? ""}\`` : "200, in quarantine";
}

const bodyOf = (flaw: Flaw | undefined, body: object): string => {
  if (flaw === "unreadable") return "{";
  return JSON.stringify(flaw === "too large" ? { ...body, padding: TOO_LARGE } : body);
};

export const apiWay =
  ({ app, key }: Connected): WayIn =>
  async ({ lead, stage, at }, flaw) => {
    const keys = {
      "wrong secret": "tandem_wrong",
      "former secret": key.former,
      "shop without the app": key.ofUninstalled,
    };
    const used = (flaw !== undefined && flaw in keys && keys[flaw as keyof typeof keys]) || key.now;
    const response = await fetch(`${app.url}/api/leads/stages`, {
      method: "POST",
      headers: { authorization: `Bearer ${used}`, "content-type": "application/json" },
      body: bodyOf(flaw, { stages: [{ lead: { externalId: referenceOf(lead) }, stage, at }] }),
    });
    return resultOf(response);
  };

export const crmWay =
  ({ app, hook, hookOfUninstalled }: Connected): WayIn =>
  async ({ lead, stage, at }, flaw) => {
    const to = flaw === "shop without the app" ? hookOfUninstalled : hook;
    const secrets = { "wrong secret": "wrong", "former secret": hook.formerSecret };
    const secret = (flaw !== undefined && flaw in secrets && secrets[flaw as keyof typeof secrets]) || to.secret;
    const body = bodyOf(flaw, { externalId: referenceOf(lead), stage, at });
    const time = String(Math.floor(Date.now() / 1000));
    const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
    const headers = { "x-tandem-timestamp": time, "x-tandem-signature": `sha256=${signature}` };
    return resultOf(await fetch(`${app.url}/api/leads/hooks/${to.id}`, { method: "POST", headers, body }));
  };

const isForged = (flaw: Flaw | undefined): boolean => flaw === "wrong secret" || flaw === "former secret";

type ShopifyWebhook = {
  readonly source: "tag" | "metafield";
  readonly topic: string;
  readonly body: (input: Input) => object;
};

/** Shopify's webhook has no answer of its own; what became of it is in the merchant's list. */
const shopifyWay =
  ({ source, topic, body: bodyFor }: ShopifyWebhook) =>
  ({ app, shop, uninstalled }: Connected): WayIn =>
  async (input, flaw) => {
    const of = flaw === "shop without the app" ? uninstalled : shop;
    const quarantined = async () =>
      (await app.opened.quarantine.list({ shop: app.domain(shop), replayed: false })).length;
    const newest = () =>
      app.opened.database.prisma.stageReport.findFirst({ where: { shop: of, source }, orderBy: { id: "desc" } });
    const [last, kept] = [await newest(), await quarantined()];
    const body = bodyOf(flaw, bodyFor(input));
    const hmac = createHmac("sha256", isForged(flaw) ? "another secret" : API_SECRET)
      .update(body)
      .digest("base64");
    const webhook = { shop: of, topic, path: "/webhooks/app", headers: { "x-shopify-hmac-sha256": hmac } };
    const { status } = await postWebhook(app.url, body, webhook);
    if (status !== 200) return String(status);
    if ((await quarantined()) > kept) return "200, in quarantine";
    const next = await newest();
    return next === null || next.id === last?.id ? "200, nothing" : `200, listed \`${next.outcome}\``;
  };

const gidOf = (lead: number): string => `gid://shopify/Customer/${customerOf(lead)}`;

export const tagWay = shopifyWay({
  source: "tag",
  topic: "customer.tags_added",
  body: ({ lead, stage, at }) => ({ customerId: gidOf(lead), tags: [stage], occurredAt: at }),
});

/** The metafield that the funnel of these tests names. */
export const METAFIELD = { namespace: "custom", key: "lead_stage" } as const;

export const metafieldWay = shopifyWay({
  source: "metafield",
  topic: "customers/update",
  body: ({ lead, stage, at }) => ({
    id: Number(customerOf(lead)),
    admin_graphql_api_id: gidOf(lead),
    updated_at: new Date().toISOString(),
    // Shopify's ID of the metafield; a value of another time is another report.
    metafields: [{ ...METAFIELD, id: 9_000_000 + lead, value: stage, updated_at: at }],
  }),
});

export const flowWay =
  ({ app, shop, uninstalled }: Connected): WayIn =>
  async ({ lead, stage, at }, flaw) => {
    const body = bodyOf(flaw, {
      shopify_domain: flaw === "shop without the app" ? uninstalled : shop,
      action_run_id: randomUUID(),
      handle: "tandem-send-stage",
      properties: { stage, lead_reference: referenceOf(lead), reached_at: at },
    });
    return resultOf(await postToFlow(app.url, body, { ...(isForged(flaw) && { secret: "another secret" }) }));
  };

/** Whoever has the file is the operator, or is logged in to Shopify: there is no secret. */
export const csvWay =
  ({ app, shop, uninstalled, folder }: Connected): WayIn =>
  async ({ lead, stage, at }, flaw) => {
    if (isForged(flaw)) return "–";
    const file = path.join(folder, "stages.csv");
    const row = flaw === "unreadable" ? `"${referenceOf(lead)}` : referenceOf(lead);
    const note = flaw === "too large" ? TOO_LARGE : randomUUID();
    await writeFile(file, `external_id,stage,at,note\n${row},${stage},${at},${note}\n`);
    const of = flaw === "shop without the app" ? uninstalled : shop;
    const argv = ["import-stages", file, "--shop", of, "--json"];
    const { stdout, exitCode } = await runShopCommand(argv, shopCommandPorts(app.opened));
    if (exitCode !== 0) return "file refused";
    const { outcomes } = JSON.parse(stdout) as { outcomes: Record<string, number> };
    return `\`${Object.keys(outcomes).join()}\``;
  };
