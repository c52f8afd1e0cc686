import { createHmac, generateKeyPairSync } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { GENERIC } from "../fixtures/crm-bodies.ts";
import { newHookId } from "../../app/leads/hooks/hook-store.server.ts";
import { answerSetupForm } from "../../app/routes/app.leads.setup/answer-setup-form.ts";
import { adminPorts } from "../../app/server/admin-ports.server.ts";
import { crmRequest } from "../support/crm-sender.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const HIGHLEVEL = generateKeyPairSync("ed25519");

let app: TestApp;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
});
afterAll(() => app.close());

const command = async (...argv: readonly string[]) => {
  const { stdout, stderr, exitCode } = await runShopCommand([...argv, "--json"], shopCommandPorts(app.opened));
  return { exitCode, stderr, facts: (stdout === "" ? {} : JSON.parse(stdout)) as Record<string, string | null> };
};

/** Signs and sends a report about nobody; the answer's status. */
async function statusOf({ id, secret }: { readonly id: string; readonly secret: string }): Promise<number> {
  const body = JSON.stringify({ ...GENERIC, externalId: "nobody", at: new Date().toISOString() });
  const time = String(Math.floor(Date.now() / 1000));
  const signature = createHmac("sha256", secret).update(`${time}.${body}`).digest("hex");
  const headers = { "x-tandem-timestamp": time, "x-tandem-signature": `sha256=${signature}` };
  return (await fetch(`${app.url}/api/leads/hooks/${id}`, { method: "POST", headers, body })).status;
}

test("a rotated secret works until the overlap is over, and no list shows one", async () => {
  const made = await command("make-hook", "--shop", shop, "--name", "CRM", "--preset", "generic");
  const hook = { id: made.facts["id"] ?? "", secret: made.facts["secret"] ?? "" };
  const { facts } = await command("rotate-hook", "--shop", shop, "--hook", hook.id, "--overlap", "1");
  const next = { ...hook, secret: facts["secret"] ?? "" };
  expect(await statusOf(hook)).toBe(200);
  expect(await statusOf(next)).toBe(200);
  await command("rotate-hook", "--shop", shop, "--hook", hook.id, "--overlap", "0");
  expect(await statusOf(next)).toBe(401);
  const listed = await command("hooks", "--shop", shop);
  expect(JSON.stringify(listed.facts)).not.toContain(next.secret);
  const rows = await app.opened.database.prisma.crmHook.findMany({ where: { shop } });
  expect(JSON.stringify(rows)).not.toContain(next.secret);
});

test("the ID of an address is never taken for an option of the command line", () => {
  const ids = Array.from({ length: 1_000 }, newHookId);
  expect(new Set(ids).size).toBe(1_000);
  expect(ids.filter((id) => !/^\w[\w-]{31}$/.test(id))).toEqual([]);
});

test("an address is made only with what its CRM needs", async () => {
  const make = (...more: string[]) => command("make-hook", "--shop", shop, "--name", "CRM", ...more);
  expect((await make("--preset", "other")).stderr).toContain("--preset");
  expect((await make("--preset", "hubspot")).stderr).toContain("--secret");
  expect((await make("--preset", "gohighlevel")).stderr).toContain("--account");
  expect(
    (await make("--preset", "gohighlevel", "--account", "x", "--secret", "a-secret-of-16-characters")).exitCode,
  ).toBe(1);
  expect((await make("--preset", "generic", "--secret", "short")).stderr).toContain("--secret");
  expect((await make("--preset", "generic", "--mapping", "{")).stderr).toContain("--mapping");
});

const admin = () => adminPorts(app.opened, { by: "shopify-user 1", role: "owner" });
const answerTo = (form: Record<string, string>) => answerSetupForm(form, { shop: app.domain(shop), admin: admin() });
const listed = async (id: string) =>
  (await admin().leadSetup(app.domain(shop))).hooks.find((hook) => hook.id === id) ?? expect.fail("no such address");

/** Sends a change of nobody's deal, signed as HubSpot does; the answer's status. */
async function hubSpotStatus(id: string, secret: string): Promise<number> {
  const connection = { url: `http://localhost:0/api/leads/hooks/${id}`, secret, privateKey: HIGHLEVEL.privateKey };
  const report = { email: "nobody@example.com", reference: "1", stage: "qualified", at: new Date(), delivery: 1 };
  const { headers, body } = crmRequest("hubspot", report, connection);
  return (await fetch(`${app.url}/api/leads/hooks/${id}`, { method: "POST", headers, body })).status;
}

test("HubSpot's new client secret is entered on the page; both work for 72 hours, and no answer shows one", async () => {
  const [former, next] = ["client-secret-of-yesterday", "client-secret-of-today-1"];
  const made = await command(
    ...["make-hook", "--shop", shop, "--name", "HubSpot", "--preset", "hubspot", "--secret", former],
  );
  const id = made.facts["id"] ?? "";
  expect(await listed(id)).toMatchObject({ nextSecret: "given", formerUntil: null, lastUsedAt: null });

  const form = { code: "crm.secret.form", values: { least: 16, most: 200 } };
  for (const [secret, message] of [
    ["", { code: "crm.secret.missing", values: {} }],
    ["short", form],
    ["with a space in it, which none has", form],
  ] as const) {
    expect(await answerTo({ intent: "renew-crm", id, secret })).toEqual({
      kind: "hook-invalid",
      hookId: id,
      problems: [{ field: "secret", message }],
    });
  }
  expect(await hubSpotStatus(id, next)).toBe(401);

  const answer = await answerTo({ intent: "renew-crm", id, secret: next });
  expect(answer).toEqual({ kind: "hook-made", path: `/api/leads/hooks/${id}`, secret: null });
  expect(await hubSpotStatus(id, former)).toBe(200);
  expect(await hubSpotStatus(id, next)).toBe(200);
  const hook = await listed(id);
  expect(hook.lastUsedAt).toBeInstanceOf(Date);
  expect((hook.formerUntil?.getTime() ?? 0) - Date.now()).toBeGreaterThan(71 * 3_600_000);
  const seen = JSON.stringify([answer, await admin().leadSetup(app.domain(shop))]);
  expect(seen).not.toMatch(/client-secret-of/);

  await command("rotate-hook", "--shop", shop, "--hook", id, "--secret", next, "--overlap", "0");
  expect(await hubSpotStatus(id, former)).toBe(401);
  expect(await listed(id)).toMatchObject({ formerUntil: null });
});

test.each([
  ["generic", "either"],
  ["pipedrive", "either"],
  ["salesforce-flow", "either"],
  ["salesforce-message", "made"],
  ["gohighlevel", null],
])("of %s the next secret is %j", async (preset, nextSecret) => {
  const account =
    preset === "generic" || preset === "pipedrive" || preset === "salesforce-flow" ? [] : ["--account", "a1"];
  const made = await command("make-hook", "--shop", shop, "--name", preset, "--preset", preset, ...account);
  const id = made.facts["id"] ?? "";
  expect(await listed(id)).toMatchObject({ nextSecret });
  const answer = await answerTo({
    intent: "renew-crm",
    id,
    secret: nextSecret === "either" ? "given-by-the-crm-itself" : "",
  });
  const expected = { either: null, made: expect.stringMatching(/^[\w-]{43}$/) as unknown };
  if (nextSecret === null) expect(answer).toMatchObject({ kind: "hook-invalid" });
  else expect(answer).toMatchObject({ kind: "hook-made", secret: expected[nextSecret as keyof typeof expected] });
});

test("an address of another shop gets no secret", async () => {
  const other = await app.connectedShop({ metaPixelId: "1234567890123457", token: "EAAtest-token-of-the-simulator" });
  const made = await command("make-hook", "--shop", other, "--name", "CRM", "--preset", "generic");
  const hook = { id: made.facts["id"] ?? "", secret: made.facts["secret"] ?? "" };
  expect(await answerTo({ intent: "renew-crm", id: hook.id, secret: "" })).toEqual({ kind: "gone" });
  expect(await statusOf(hook)).toBe(200);
});
