import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";

import { createSealer } from "../../app/database/sealing.server.ts";
import { appEnvironment, newSealingKey, SEALING_KEY } from "../simulators/app-process.ts";
import { bodyOf } from "../simulators/https-server.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = { metaPixelId: "1234567890123456", token: "EAAwrongkeytoken" };
// Nothing listens there: these tests send no event.
const graphUrl = "http://127.0.0.1:9";
const MINUTE_MS = 60_000;

const keyOf = (listed: string) => ({
  id: listed.split(":")[0] ?? "",
  key: Buffer.from(listed.split(":")[1] ?? "", "base64"),
});

let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
beforeAll(async () => {
  folder = await aMigratedDataFolder();
});
afterAll(() => folder.remove());

describe("a wrong key, discovered while the app runs", () => {
  let app: TestApp;
  let receiver: Server;
  const alerts: Record<string, string>[] = [];
  // The receiver's first answer is a failure, so that the first alert has to be sent again.
  const answers = [503];

  beforeAll(async () => {
    receiver = createServer((request, response) => {
      void bodyOf(request).then((body) => {
        const status = answers.shift() ?? 204;
        if (status === 204) alerts.push(JSON.parse(body.toString("utf8")) as Record<string, string>);
        response.writeHead(status).end();
      });
    });
    await once(receiver.listen(0, "127.0.0.1"), "listening");
    // A listening TCP server has an address with a port.
    const { port } = receiver.address() as AddressInfo;
    const environment = {
      TANDEM_ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/alerts`,
      TANDEM_ALERT_SECRET: "a secret that signs the alerts",
    };
    app = await startTestApp({ dataDir: folder.path, graphUrl, environment });
  });
  afterAll(async () => {
    await app.close();
    receiver.close();
  });
  afterEach(() => void vi.useRealTimers());

  const readyz = async () => {
    const answer = await fetch(`${app.url}/readyz`);
    return { status: answer.status, body: (await answer.json()) as Record<string, string> };
  };
  const aMinuteLater = () => vi.advanceTimersByTime(MINUTE_MS);

  test("makes /readyz 503 with the reason, and alerts the operator once, and once more when it is mended", async () => {
    const shop = await app.connectedShop(PIXEL);
    const { prisma } = app.opened.database;
    const row = await prisma.pixel.findFirstOrThrow({ where: { shop: app.domain(shop) } });
    const restored = async (sealedToken: string | null) =>
      prisma.pixel.updateMany({ where: { shop: app.domain(shop) }, data: { sealedToken } });
    vi.useFakeTimers({ toFake: ["performance"] });
    const other = createSealer([keyOf(newSealingKey("from-the-backup"))]);
    await restored(other.seal("a token from another installation"));

    const wrong = await readyz();
    expect(wrong).toMatchObject({ status: 503, body: { because: "keys" } });
    expect(wrong.body["status"]).toContain('TANDEM_ENCRYPTION_KEYS does not list the key "from-the-backup"');
    await expect.poll(() => answers).toEqual([]);
    expect(alerts).toEqual([]);

    for (let minute = 0; minute < 3; minute += 1) {
      aMinuteLater();
      expect((await readyz()).status).toBe(503);
      await expect.poll(() => alerts.length).toBe(1);
    }
    expect(alerts[0]).toMatchObject({
      kind: "keys-do-not-open",
      subject: "Stored tokens cannot be opened with TANDEM_ENCRYPTION_KEYS",
      reason: expect.stringContaining("from-the-backup") as string,
    });
    expect(alerts[0]).not.toHaveProperty("shop");

    await restored(row.sealedToken);
    for (let minute = 0; minute < 2; minute += 1) {
      aMinuteLater();
      expect((await readyz()).status).toBe(200);
      await expect.poll(() => alerts.length).toBe(2);
    }
    expect(alerts[1]).toMatchObject({ kind: "keys-mended" });
  });
});

describe("a start with keys that cannot work", () => {
  async function refusal(keys: string): Promise<{ code: unknown; said: string }> {
    const environment = appEnvironment({
      dataDir: folder.path,
      graphUrl,
      port: 0,
      env: { TANDEM_ENCRYPTION_KEYS: keys, LOG_LEVEL: "error" },
    });
    const child = spawn(process.execPath, ["--disable-warning=ExperimentalWarning", "app/cli/start.ts"], {
      env: environment,
      stdio: ["ignore", "pipe", "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (said += String(chunk)));
    const [code] = (await once(child, "close")) as unknown[];
    return { code, said };
  }

  beforeAll(async () => {
    const app = await startTestApp({ dataDir: folder.path, graphUrl });
    await app.connectedShop(PIXEL);
    await app.close();
  });

  const id = keyOf(SEALING_KEY).id;
  test.each([
    [
      "the key that sealed is not listed",
      newSealingKey("another"),
      `TANDEM_ENCRYPTION_KEYS does not list the key "${id}", which is still in use (`,
      `Add it again behind the current key`,
    ],
    [
      "the key has other bytes under its ID",
      newSealingKey(id),
      `TANDEM_ENCRYPTION_KEYS has other bytes for the key "${id}" than those that sealed what is stored (`,
      "Put the right bytes back",
    ],
    [
      "a key that can be guessed",
      `weak:${Buffer.alloc(32).toString("base64")}`,
      "TANDEM_ENCRYPTION_KEYS",
      "Create a key with node",
    ],
  ])("is refused with exit code 1 and one line that says what to do: %s", async (_what, keys, problem, advice) => {
    const { code, said } = await refusal(keys);
    expect(code).toBe(1);
    const lines = said.split("\n").filter((line) => line.includes("TANDEM_ENCRYPTION_KEYS"));
    expect(lines).toEqual([expect.stringContaining(problem)]);
    expect(lines).toEqual([expect.stringContaining(advice)]);
    expect(said).not.toMatch(/^ +at /m);
    expect(said).not.toContain(keys.split(":")[1]);
  });
});
