import { createHmac } from "node:crypto";
import { chmod, readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";

import { afterAll, beforeAll, expect, test } from "vitest";

import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { aDataFolder } from "../simulators/app-process.ts";
import { bodyOf } from "../simulators/https-server.ts";
import { type MetaSimulator, startMetaSimulator } from "../simulators/meta/start-meta-simulator.ts";
import { aMigratedDataFolder } from "../support/embedded-template.ts";
import { postWebhook } from "../support/signed-webhook.ts";
import { startTestApp, type TestApp } from "../support/test-app.ts";

const PIXEL = "1234567890123456";
const SECRET = "a secret that signs the alerts";

let meta: MetaSimulator;
let app: TestApp;
let folder: Awaited<ReturnType<typeof aMigratedDataFolder>>;
// Beside the data folder, whose files the app makes unexecutable.
let programs: Awaited<ReturnType<typeof aDataFolder>>;
let hook: Server;
const alerts: { readonly request: IncomingMessage; readonly body: string }[] = [];
// The hook's first answer is a failure, so that every alert has to be sent again.
const answers = [503];

beforeAll(async () => {
  meta = await startMetaSimulator();
  folder = await aMigratedDataFolder();
  programs = await aDataFolder();
  hook = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const status = answers.shift() ?? 204;
      if (status === 204) alerts.push({ request, body: body.toString("utf8") });
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((listening) => hook.listen(0, "127.0.0.1", listening));
  const sendmail = join(programs.path, "sendmail.mjs");
  await writeFile(
    sendmail,
    `#!${process.execPath}
import { appendFileSync, readFileSync } from "node:fs";
appendFileSync(${JSON.stringify(join(programs.path, "mails"))}, process.argv.slice(2).join(" ") + "\\n" + readFileSync(0, "utf8"));
`,
  );
  await chmod(sendmail, 0o755);
  // A listening TCP server has an address with a port.
  const { port } = hook.address() as AddressInfo;
  app = await startTestApp({
    dataDir: folder.path,
    graphUrl: meta.httpUrl,
    environment: {
      TANDEM_ALERT_WEBHOOK_URL: `http://127.0.0.1:${port}/alerts`,
      TANDEM_ALERT_SECRET: SECRET,
      TANDEM_ALERT_EMAIL: "ops@example.com",
      TANDEM_SENDMAIL: sendmail,
    },
  });
});

afterAll(async () => {
  await app.close();
  await meta.close();
  hook.close();
  await folder.remove();
  await programs.remove();
});

// Sold at the till: nothing to wait for.
const order = (shop: string, orderId: string): string =>
  anOrderWebhook({ shop, orderId, source: "pos", placedAt: new Date().toISOString() });

test("an invalid token holds the events and alerts the operator; its replacement delivers them within a minute", async () => {
  meta.addDataset({ metaPixelId: PIXEL, token: "EAAsecondtoken" });
  const shop = await app.connectedShop({ metaPixelId: PIXEL, token: "EAAfirsttoken" });

  for (const id of ["1", "2", "3"]) expect((await postWebhook(app.url, order(shop, id), { shop })).status).toBe(200);
  const profile = () => app.opened.settings.profile(app.domain(shop));
  await expect.poll(async () => (await profile())?.pixels[0]?.state).toBe("blocked");
  expect((await profile())?.pixels[0]?.stateReason).toMatch(/access token/);
  expect(meta.received()).toEqual([]);

  const connected = await app.connectPixel(shop, { metaPixelId: PIXEL, token: "EAAsecondtoken" });

  expect(connected).toMatchObject({ kind: "connected" });
  await expect.poll(() => meta.received().length).toBe(3);
  expect(meta.received().every(({ serverCopies }) => serverCopies === 1)).toBe(true);

  await expect.poll(() => alerts.length).toBe(1);
  const [alert] = alerts;
  const signature = createHmac("sha256", SECRET)
    .update(alert?.body ?? "")
    .digest("hex");
  expect(alert?.request.headers["x-tandem-signature"]).toBe(`sha256=${signature}`);
  expect(JSON.parse(alert?.body ?? "")).toMatchObject({ kind: "pixel-blocked", shop, pixelId: PIXEL });
  await expect
    .poll(() => readFile(join(programs.path, "mails"), "utf8").catch(() => ""))
    .toMatch(/^-t -i\nTo: ops@example\.com\nSubject: Meta accepts no events for pixel 1234567890123456/);
  expect((alert?.body ?? "") + (await readFile(join(programs.path, "mails"), "utf8"))).not.toContain("EAA");
});
