import type { PrismaClient } from "@prisma/client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { everyShop, NamesNoShop, withShopsOnly } from "../../app/database/tenancy.server.ts";
import { pgliteDatabase, type TestDatabase } from "../support/databases.ts";

const [MINE, THEIRS] = ["mine.myshopify.com", "theirs.myshopify.com"];
const at = new Date("2026-11-20T10:00:00Z");

let database: TestDatabase;
let prisma: PrismaClient;
beforeAll(async () => {
  database = await pgliteDatabase();
  prisma = withShopsOnly(database.prisma);
  for (const domain of [MINE, THEIRS]) await prisma.shop.create({ data: { domain, ingestKey: `key of ${domain}` } });
  await prisma.webhookReceipt.createMany({
    data: [MINE, THEIRS].map((shop) => ({ shop, topic: "orders/paid", webhookId: "1", receivedAt: at })),
  });
});
afterAll(() => database.close());

describe("a query that names no shop never reaches the database", () => {
  test.each<[string, (client: PrismaClient) => Promise<unknown>]>([
    ["findMany", (client) => client.webhookReceipt.findMany()],
    ["findMany by something else", (client) => client.webhookReceipt.findMany({ where: { topic: "orders/paid" } })],
    [
      "findMany of several shops",
      (client) => client.webhookReceipt.findMany({ where: { shop: { in: [MINE, THEIRS] } } }),
    ],
    [
      "a shop that is none",
      (client) => client.webhookReceipt.findMany(JSON.parse('{"where": {"shop": null}}') as object),
    ],
    ["findUnique by an ID", (client) => client.quarantine.findUnique({ where: { id: 1n } })],
    ["count", (client) => client.event.count()],
    ["aggregate", (client) => client.event.aggregate({ _min: { createdAt: true } })],
    ["updateMany", (client) => client.pixel.updateMany({ data: { state: "paused" } })],
    ["deleteMany", (client) => client.pixel.deleteMany({})],
    ["the shops themselves", (client) => client.shop.findMany()],
    ["within a transaction", (client) => client.$transaction([client.event.deleteMany()])],
    ["within a transaction's function", (client) => client.$transaction((tx) => tx.event.deleteMany())],
  ])("%s", async (_what, query) => {
    await expect(query(prisma)).rejects.toThrow(NamesNoShop);
  });
});

test("one that names it is answered with that shop's rows alone", async () => {
  expect(await prisma.webhookReceipt.findMany({ where: { shop: MINE } })).toMatchObject([{ shop: MINE }]);
  const [, counted] = await prisma.$transaction([
    prisma.webhookReceipt.updateMany({ where: { shop: MINE }, data: { receivedAt: new Date() } }),
    prisma.webhookReceipt.count({ where: { shop: MINE } }),
  ]);
  expect(counted).toBe(1);
  expect(await prisma.webhookReceipt.findMany({ where: { shop: THEIRS } })).toMatchObject([{ receivedAt: at }]);
});

test("what is meant for every shop says so", async () => {
  expect(await everyShop(prisma).webhookReceipt.count()).toBe(2);
  expect(everyShop(database.prisma)).toBe(database.prisma);
});
