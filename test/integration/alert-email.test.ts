import { chmod, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Alert, sendAlert } from "../../app/alerts/alerts.server.ts";
import { aDataFolder } from "../simulators/app-process.ts";

let folder: Awaited<ReturnType<typeof aDataFolder>>;
beforeAll(async () => {
  folder = await aDataFolder();
});
afterAll(() => folder.remove());

const alert: Alert = {
  kind: "pixel-blocked",
  shop: "tea.myshopify.com",
  pixelId: "1234567890123456",
  reason: "Reconnect the pixel.",
  at: "2026-11-20T10:00:00.000Z",
};

/** What the machine's sendmail is given. */
async function mailed(changes: Partial<Alert>, to = "ops@example.com"): Promise<string> {
  const [sendmail, kept] = [path.join(folder.path, "sendmail"), path.join(folder.path, "mail")];
  await writeFile(sendmail, `#!/bin/sh\ncat > "${kept}"\n`);
  await chmod(sendmail, 0o700);
  await sendAlert({ ...alert, ...changes }, { alertWebhook: undefined, alertEmail: to, sendmail });
  return readFile(kept, "utf8");
}

test("an alert's email has the headers that it is meant to have and no others, whatever its texts hold", async () => {
  const injected = "x\r\nBcc: mallory@example.com";
  for (const mail of [
    await mailed({ shop: injected }),
    await mailed({ pixelId: injected }),
    await mailed({}, `ops@example.com\nBcc: mallory@example.com`),
    await mailed({ reason: `line\n\nBcc: mallory@example.com` }),
  ]) {
    const [headers = ""] = mail.split("\n\n");
    expect(headers.split("\n").map((line) => line.split(":")[0])).toEqual(["To", "Subject", "Content-Type"]);
  }
});
