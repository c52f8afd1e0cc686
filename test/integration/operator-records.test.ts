import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runOperatorCommand } from "../../app/cli/operator-command.ts";
import { operatorPorts } from "../../app/cli/operator-ports.server.ts";
import { runShopCommand } from "../../app/cli/shop-command.ts";
import { shopCommandPorts } from "../../app/cli/shop-command-ports.server.ts";
import { createLogger } from "../../app/logging/logger.server.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1111111111111111", token: "EAAtoken-of-the-test" };
const ORDER = "5551234567890";
const log = createLogger({ level: "silent", name: "test" });

let app: TestApp;
let shop: string;

beforeAll(async () => {
  app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9", role: "web" });
  shop = await app.connectedShop(PIXEL);
});
afterAll(() => app.close());

describe("what an operator does", () => {
  const run = (...argv: readonly string[]) =>
    runShopCommand([...argv, "--shop", shop, "--json"], shopCommandPorts(app.opened));

  test("to a pixel, the settings and a role is recorded as the operator's", async () => {
    const pixel = ["--pixel", PIXEL.metaPixelId];
    const before = (await app.opened.access.changes(app.domain(shop), 100)).length;
    await run("pause", ...pixel);
    await run("resume", ...pixel);
    await run("filter", ...pixel, "--countries", "DE");
    await run("connect", ...pixel, "--token", "EAAoperators-token");
    await run("set", "--value-basis", "total");
    await run("map", "--event", "Lead", "--legs", "off");
    await run("set-role", "--staff", "77", "--role", "owner");
    const changes = await app.opened.access.changes(app.domain(shop), 100);
    expect(
      changes
        .slice(0, changes.length - before)
        .map(({ by, action }) => `${by}: ${action}`)
        .sort(),
    ).toEqual(
      "limited paused resumed role-set settings-saved settings-saved token-replaced"
        .split(" ")
        .map((action) => `operator: ${action}`),
    );
    expect(JSON.stringify(changes)).not.toContain("EAAoperators-token");
  });

  test("sets roles of people who exist or will, by their Shopify user ID", async () => {
    expect((await run("set-role", "--staff", "88", "--role", "read-only")).exitCode).toBe(0);
    expect(JSON.parse((await run("staff")).stdout)).toMatchObject({
      staff: expect.arrayContaining([expect.objectContaining({ userId: "88", role: "read-only" })]) as unknown,
    });
    expect((await run("set-role", "--staff", "Sam", "--role", "owner")).stderr).toMatch(/^--staff: .*user ID/);
    expect((await run("set-role", "--staff", "88", "--role", "emperor")).stderr).toMatch(/^--role: .*read-only/);
  });

  test("exports is recorded as the operator's look", async () => {
    const argv = ["consent", "export", "--shop", shop, "--order", ORDER];
    expect((await runOperatorCommand(argv, operatorPorts(app.opened, log))).exitCode).toBe(0);
    expect((await app.opened.access.seen.list(app.domain(shop), 1))[0]).toMatchObject({
      by: "operator",
      kind: "export",
      subject: `consent of order ${ORDER}`,
    });
  });
});
