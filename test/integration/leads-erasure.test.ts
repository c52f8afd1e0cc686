import { hash } from "node:crypto";
import { expect, test } from "vitest";
import { aForm } from "../support/lead-scene.ts";
import { anId } from "../support/store-scenes.ts";
import { startTestApp } from "../support/test-app.ts";

test("a customer's erasure takes their leads and all reports about them, and nobody else's", async () => {
  const app = await startTestApp({ dataDir: "memory://", graphUrl: "http://127.0.0.1:9" });
  const shop = await app.connectedShop({ metaPixelId: "1234567890123456", token: "EAAtest-token-of-the-simulator" });
  const { prisma } = app.opened.database;
  const at = Date.now() - 1_000;
  const url = `https://${shop}/pages/contact`;
  const form = (id: string, email: string): string =>
    aForm({ id: anId(id), at, sentAt: at, url, fbp: null, person: { em: hash("sha256", email, "hex") } });
  await app.collect(shop, form("ada", "ada@example.com"));
  await app.collect(shop, form("bob", "bob@example.com"));

  await app.opened.privacy.eraseCustomer(app.domain(shop), {
    customerId: null,
    email: "ada@example.com",
    phone: null,
    orderIds: [],
  });

  expect(await prisma.lead.findMany({ where: { shop }, select: { leadId: true } })).toEqual([{ leadId: "bob" }]);
  expect(await prisma.stageReport.findMany({ where: { shop }, select: { leadId: true } })).toEqual([{ leadId: "bob" }]);
  await app.collect(shop, form("ada-again", "ada@example.com"));
  expect(await prisma.lead.count({ where: { shop } })).toBe(1);
  await app.close();
});
