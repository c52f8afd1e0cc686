import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { GENERIC } from "../fixtures/crm-bodies.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

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
