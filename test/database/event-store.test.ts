import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import { describe, expect, test } from "vitest";

import { createEventStore } from "../../app/outbox/event-store.server.ts";

import { consentBattery } from "./consent-battery.ts";
import { pgliteDatabase, postgresDatabase } from "../support/databases.ts";
import { deliveryBattery } from "./delivery-battery.ts";
import { eventLogBattery } from "./event-log-battery.ts";
import { intakeBattery } from "./intake-battery.ts";
import { pauseBattery } from "./pause-battery.ts";
import { aScene, NOON } from "../support/store-scenes.ts";

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("on %s", (_, makeDatabase) => {
  intakeBattery(makeDatabase);
  deliveryBattery(makeDatabase);
  pauseBattery(makeDatabase);
  consentBattery(makeDatabase);
  eventLogBattery(makeDatabase);
});

test("a ledger whose database becomes unavailable rejects every waiting call, and answers again when it returns", async () => {
  const database = await postgresDatabase();
  const { event, shop } = await aScene(database);
  const store = createEventStore(database.prisma, { now: () => NOON });
  await database.prisma.$executeRaw`alter table event rename to away`;
  const refused = await Promise.allSettled([1, 2, 3].map((n) => store.add(event(n), null)));
  expect(refused.map((answer) => answer.status)).toEqual(["rejected", "rejected", "rejected"]);
  await database.prisma.$executeRaw`alter table away rename to event`;
  expect(await store.add(event(1), null)).toEqual({ outcome: "added", due: false });
  expect(await database.prisma.event.count({ where: { shop } })).toBe(1);
  await database.close();
});

test("a ledger that cannot reach its database throws", async () => {
  const nowhere = new PrismaClient({ adapter: new PrismaPg({ connectionString: "postgresql://x@127.0.0.1:1/x" }) });
  const store = createEventStore(nowhere, { now: () => NOON });
  const database = await postgresDatabase();
  const { event } = await aScene(database);
  await database.close();
  await expect(store.add(event(1), null)).rejects.toThrow(/127\.0\.0\.1:1/);
});
