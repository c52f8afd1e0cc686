import { createHmac } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { operatorPorts } from "../../app/cli/operator-ports.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import {
  GENERIC,
  GOHIGHLEVEL,
  HUBSPOT,
  PIPEDRIVE,
  SALESFORCE_FLOW,
  SALESFORCE_MESSAGE,
} from "../fixtures/crm-bodies.ts";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" };

// As its environment says, before a port is known.
const APP_URL = "http://localhost:0";

let app: TestApp;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop(PIXEL);
});
afterAll(() => app.close());

const command = async (...argv: readonly string[]) => {
  const { stdout, stderr, exitCode } = await runShopCommand([...argv, "--json"], shopCommandPorts(app.opened));
  return { exitCode, stderr, facts: (stdout === "" ? {} : JSON.parse(stdout)) as Record<string, string | null> };
};

type Hook = { readonly id: string; readonly secret: string };

/** An address of a preset; a secret that the CRM would make is given. */
async function aHook(preset: string, ...more: readonly string[]): Promise<Hook> {
  const argv = ["make-hook", "--shop", shop, "--name", preset, "--preset", preset, ...more];
  const { exitCode, stderr, facts } = await command(...argv);
  expect([exitCode, stderr]).toEqual([0, ""]);
  return { id: facts["id"] ?? "", secret: facts["secret"] ?? more[more.indexOf("--secret") + 1] ?? "" };
}

type Headers = Readonly<Record<string, string>>;
const send = (hook: Pick<Hook, "id">, body: string, headers: Headers = {}, query = ""): Promise<Response> =>
  fetch(`${app.url}/api/leads/hooks/${hook.id}${query}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body,
  });

const bearer = ({ secret }: Hook): Headers => ({ authorization: `Bearer ${secret}` });

function signed({ secret }: Pick<Hook, "secret">, body: string, at = Date.now()): Headers {
  const time = String(Math.floor(at / 1000));
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  return { "x-tandem-timestamp": time, "x-tandem-signature": `sha256=${signature}` };
}

function signedByHubSpot({ id, secret }: Hook, body: string): Headers {
  const time = String(Date.now());
  const text = `POST${APP_URL}/api/leads/hooks/${id}${body}${time}`;
  const signature = createHmac("sha256", secret).update(text).digest("base64");
  return { "x-hubspot-signature-v3": signature, "x-hubspot-request-timestamp": time };
}

/** A form of this moment that names the merchant's own reference. A report of a time before it is one of before the lead. */
async function aLead(id: string, reference = id): Promise<void> {
  const at = Date.now() - 2_000;
  const form = { id: anId(id), at, sentAt: at, url: `https://${shop}/pages/contact`, form: { reference } };
  expect((await app.collect(shop, aForm(form))).status).toBe(204);
}

type Result = { readonly outcome: string; readonly detail: string; readonly eventId: string | null };
const resultsOf = async (response: Response): Promise<readonly Result[]> => {
  expect(response.status).toBe(200);
  return ((await response.json()) as { results: Result[] }).results;
};
const outcomes = async (response: Response) => (await resultsOf(response)).map(({ outcome }) => outcome);
const now = (): string => new Date().toISOString();

describe("each preset takes a lead to its stage", () => {
  test("generic JSON", async () => {
    await aLead("form-1");
    const hook = await aHook("generic");
    const body = JSON.stringify({ ...GENERIC, externalId: undefined, eventId: "form-1", at: now() });
    const [result] = await resultsOf(await send(hook, body, signed(hook, body)));
    expect(result).toMatchObject({ outcome: "accepted", eventId: "stage.qualified.form-1" });
    // The same delivery again, and the same deal in another one.
    expect(await outcomes(await send(hook, body, signed(hook, body)))).toEqual(["accepted"]);
    const again = JSON.stringify({ ...(JSON.parse(body) as object), id: "another" });
    expect(await outcomes(await send(hook, again, signed(hook, again)))).toEqual(["duplicate"]);
    const reused = JSON.stringify({ ...(JSON.parse(body) as object), stage: "won" });
    expect(await outcomes(await send(hook, reused, signed(hook, reused)))).toEqual(["key-reused"]);
    const events = await app.eventsOf(shop);
    expect(events.filter(({ eventId }) => eventId === "stage.qualified.form-1")).toHaveLength(1);
  });

  test("HubSpot repeats a list with another attempt number, and gets the same answers", async () => {
    await aLead("form-2", "1246965");
    const hook = await aHook("hubspot", "--secret", "client-secret-of-the-app");
    const [change, creation] = HUBSPOT.map((one) => ({ ...one, occurredAt: Date.now() }));
    const first = JSON.stringify([change, creation]);
    const expected = ["accepted", "ignored"];
    expect(await outcomes(await send(hook, first, signedByHubSpot(hook, first)))).toEqual(expected);
    const second = JSON.stringify([{ ...change, attemptNumber: 1 }, creation]);
    expect(await outcomes(await send(hook, second, signedByHubSpot(hook, second)))).toEqual(expected);
  });

  test("Pipedrive, with a mapping of its stages that was tried on an example", async () => {
    await aLead("form-3", "4711");
    const hook = await aHook("pipedrive");
    const mapping = JSON.stringify({
      lead: [{ by: "externalId", path: "/data/id" }],
      stage: { path: "/data/stage_id", words: { "2": "qualified" } },
      at: { path: "/meta/timestamp" },
      id: ["/meta/id"],
    });
    const example = JSON.stringify(PIPEDRIVE);
    const change = ["map-hook", "--shop", shop, "--hook", hook.id, "--mapping", mapping];
    expect((await command(...change)).stderr).toContain("--example");
    expect((await command(...change, "--example", "{}")).stderr).toContain("reads no report");
    expect((await command(...change, "--example", example)).exitCode).toBe(0);
    const body = JSON.stringify({ ...PIPEDRIVE, meta: { ...PIPEDRIVE.meta, timestamp: now() } });
    const authorization = `Basic ${Buffer.from(`tandem:${hook.secret}`).toString("base64")}`;
    expect(await outcomes(await send(hook, body, { authorization }))).toEqual(["accepted"]);
  });

  test("Salesforce’s Flow, and its outbound message with the answer that ends its repetitions", async () => {
    const flow = await aHook("salesforce-flow");
    await aLead("form-4");
    const body = JSON.stringify({ ...SALESFORCE_FLOW, externalId: "form-4", at: now() });
    expect(await outcomes(await send(flow, body, bearer(flow)))).toEqual(["accepted"]);

    const message = await aHook("salesforce-message", "--account", "00D5g000000ABCDEA2");
    const xml = { "content-type": "text/xml; charset=utf-8" };
    const answer = await send(message, SALESFORCE_MESSAGE, xml, `?secret=${message.secret}`);
    expect(answer.headers.get("content-type")).toContain("text/xml");
    expect([answer.status, await answer.text()]).toEqual([200, expect.stringContaining("<Ack>true</Ack>")]);
    const unreadable = await send(message, "<a>", xml, `?secret=${message.secret}`);
    expect([unreadable.status, await unreadable.text()]).toEqual([200, expect.stringContaining("<Ack>true</Ack>")]);
    const foreign = SALESFORCE_MESSAGE.replaceAll("00D5g000000ABCDEA2", "00D5g000000OTHERA2");
    expect((await send(message, foreign, xml, `?secret=${message.secret}`)).status).toBe(403);
    const reports = await app.opened.database.prisma.stageReport.findMany({ where: { shop, namedBy: "email" } });
    expect(reports.map(({ outcome, source }) => [source, outcome])).toEqual([["crm", expect.any(String)]]);
  });
});

test("what is wrong has an exact answer", async () => {
  const hook = await aHook("generic");
  const highLevel = await aHook("gohighlevel", "--account", "ve9EPM428h8vShlRW1KT");
  const bound = await aHook("hubspot", "--secret", "client-secret-of-the-app", "--account", "44");
  const revoked = await aHook("generic");
  await command("revoke-hook", "--shop", shop, "--hook", revoked.id);
  const gone = await app.connectedShop({ ...PIXEL, metaPixelId: "1234567890123458" });
  const [before, uninstalled] = [shop, gone];
  shop = uninstalled;
  const uninstalledHook = await aHook("generic");
  shop = before;
  await app.opened.settings.markUninstalled(app.domain(gone));
  const good = JSON.stringify({ ...GENERIC, at: now() });
  const hubspot = JSON.stringify(HUBSPOT);
  const TABLE: readonly (readonly [number, string, Pick<Hook, "id">, string, Headers])[] = [
    [404, "unknown-hook", { id: "x".repeat(32) }, good, {}],
    [404, "unknown-hook", { id: "short" }, good, {}],
    [404, "unknown-hook", revoked, good, signed(revoked, good)],
    [401, "no-signature", hook, good, {}],
    [401, "bad-signature", hook, good, signed({ secret: "another-secret-altogether" }, good)],
    [401, "bad-signature", hook, `${good} `, signed(hook, good)],
    [401, "bad-signature", hook, good, signed(revoked, good)],
    [401, "stale", hook, good, signed(hook, good, Date.now() - 6 * 60_000)],
    [401, "stale", hook, good, signed(hook, good, Date.now() + 6 * 60_000)],
    [401, "no-signature", highLevel, JSON.stringify(GOHIGHLEVEL), {}],
    [401, "bad-signature", highLevel, JSON.stringify(GOHIGHLEVEL), { "x-ghl-signature": "AAAA" }],
    [403, "foreign-account", bound, hubspot, signedByHubSpot(bound, hubspot)],
    [403, "not-installed", uninstalledHook, good, signed(uninstalledHook, good)],
    [413, "too-large", hook, "x".repeat(1024 * 1024 + 1), {}],
  ];
  for (const [status, name, to, body, headers] of TABLE) {
    const answer = await send(to, body, headers);
    expect(answer.headers.get("content-type"), name).toContain("application/problem+json");
    const type = `urn:tandem:problem:${name}`;
    expect([answer.status, await answer.json()], name).toEqual([status, expect.objectContaining({ status, type })]);
  }

  await aLead("form-5");
  const at = Date.now();
  const item = { stage: "qualified", at: now() };
  const days = (n: number): string => new Date(at + n * 86_400_000).toISOString();
  const OUTCOMES: readonly (readonly [string, object])[] = [
    ["unknown-lead", { ...item, externalId: "nobody" }],
    ["unknown-stage", { ...item, externalId: "form-5", stage: "nowhere" }],
    ["out-of-order", { ...item, externalId: "form-5", stage: "won" }],
    ["too-old", { ...item, externalId: "form-5", at: days(-8) }],
    ["in-future", { ...item, externalId: "form-5", at: days(1) }],
    ["before-lead", { ...item, externalId: "form-5", at: days(-1) }],
    ["duplicate", { ...item, externalId: "form-5", stage: "lead" }],
    ["invalid", { ...item, email: "nobody" }],
    ["invalid", { ...item, externalId: "form-5", value: 5 }],
    ["invalid", { ...item, externalId: "form-5", consent: "perhaps" }],
    ["invalid", { ...item, externalId: "a\0b" }],
    ["invalid", item],
  ];
  const list = JSON.stringify(OUTCOMES.map(([, one]) => one));
  expect(await outcomes(await send(hook, list, signed(hook, list)))).toEqual(OUTCOMES.map(([outcome]) => outcome));
});

test("what cannot be read is quarantined with the reason, and replayed once the mapping can", async () => {
  // First of all: a report that names no time counts from its arrival, and no stage is reached before its lead.
  await aLead("form-6");
  const hook = await aHook("generic");
  const quarantined = () => app.opened.quarantine.list({ shop: app.domain(shop), replayed: false });
  const before = (await quarantined()).length;
  for (const body of ["{", "7", JSON.stringify({ deal: "form-6", stage: "qualified" })]) {
    const answer = await send(hook, body, signed(hook, body));
    expect(answer.status).toBe(200);
    expect((await send(hook, body, signed(hook, body))).status).toBe(200);
  }
  const kept = await quarantined();
  expect(kept).toHaveLength(before + 3);
  expect(kept[0]).toMatchObject({ problem: "not-a-report", detail: expect.stringContaining("item 0: ") as string });

  const mapping = JSON.stringify({ lead: [{ by: "externalId", path: "/deal" }], stage: { path: "/stage" } });
  const example = JSON.stringify({ deal: "x", stage: "qualified" });
  await command("map-hook", "--shop", shop, "--hook", hook.id, "--mapping", mapping, "--example", example);
  const ports = operatorPorts(app.opened, createLogger({ level: "silent", name: "test" }));
  const payload = await ports.open(kept[0]?.id ?? 0n);
  expect(await ports.replay(payload ?? expect.unreachable("a payload"))).toBe("answered");
  expect(await quarantined()).toHaveLength(before + 2);
  const events = await app.eventsOf(shop);
  expect(events.map(({ eventId }) => eventId)).toContain("stage.qualified.form-6");
});
