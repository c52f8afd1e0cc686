import { describe, expect, test } from "vitest";

import { createEventLog } from "../../app/ledger/event-log.server.ts";
import { pgliteDatabase, postgresDatabase } from "../support/databases.ts";
import { after } from "../support/store-scenes.ts";
import { deliveryWorld } from "./delivery-scene.ts";
import { visit, visitId, visitStates } from "./visit-scene.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const POISON = { custom_data: { value: 5 } };
const UNKNOWN_ERROR = {
  kind: "error",
  error: { code: 777_777, subcode: null, isTransient: false, traceId: null, blamed: [] },
} as const;

describe.each([
  ["the embedded database", pgliteDatabase],
  ["PostgreSQL", postgresDatabase],
])("storefront events under one ID, days apart, on %s", (_, makeDatabase) => {
  const { clock, meta, scene } = deliveryWorld(makeDatabase);

  async function aShop() {
    const { scene: rows, pixel, drain } = await scene();
    return {
      ...{ rows, pixel, drain },
      post: (changes?: Parameters<typeof visit>[1]) =>
        visit({ scene: rows, to: [pixel.id], atMs: clock.ms, count: 1 }, changes),
      drainFailing: () => drain({ send: () => Promise.resolve({ httpStatus: 400, headers: {}, body: UNKNOWN_ERROR }) }),
      states: () => visitStates(rows),
    };
  }

  test("are refused one by one", async () => {
    const { post, drain, states } = await aShop();
    await post(() => POISON);
    await drain();
    clock.ms += 2 * DAY;
    await post(() => POISON);
    await drain();
    expect(await states()).toEqual({ refused: 2 });
    clock.ms += 2 * DAY;
    await post();
    await drain();
    expect(await states()).toEqual({ refused: 2, delivered: 1 });
  });

  test("are read each with its own deliveries; without a time, the last one", async () => {
    const { post, drain, rows } = await aShop();
    await post(() => POISON);
    await drain();
    const first = after(Math.floor(clock.ms / 1_000) * 1_000);
    clock.ms += 2 * DAY;
    await post();
    await drain();
    const { eventName, eventId } = { eventName: "ViewContent", eventId: visitId(1) };
    const read = async (eventTime: Date | null) => {
      const event = await createEventLog(rows.database.prisma).detailAt(rows.shop, { eventName, eventId, eventTime });
      return [event?.state, ...(event?.deliveries ?? []).map(({ state }) => state)];
    };
    expect(await read(first)).toEqual(["refused", "refused"]);
    expect(await read(after(Math.floor(clock.ms / 1_000) * 1_000))).toEqual(["delivered", "delivered"]);
    expect(await read(null)).toEqual(["delivered", "delivered"]);
    expect(await read(after(1_000))).toEqual(["delivered", "delivered"]);
  });

  test("wait by themselves at once, and each is delivered", async () => {
    const { post, drain, drainFailing, states } = await aShop();
    await post();
    await drainFailing();
    clock.ms += 2 * DAY;
    await post();
    await drainFailing();
    expect(await states()).toEqual({ queued: 2 });
    clock.ms += 60 * MINUTE;
    await drain();
    expect(await states()).toEqual({ delivered: 2 });
    // Meta merges what it receives under one ID.
    expect(
      meta()
        .received()
        .map(({ serverCopies }) => serverCopies),
    ).toEqual([2]);
  });

  test("expire one by one while their pixel is blocked", async () => {
    const { post, drainFailing, drain, rows, pixel, states } = await aShop();
    await post();
    await drainFailing();
    const first = clock.ms;
    clock.ms += 2 * DAY;
    await post();
    await drainFailing();
    clock.ms += 60 * MINUTE;
    meta().addDataset({ metaPixelId: pixel.metaPixelId, token: "EAAreplaced" });
    await drain();
    expect(await states()).toEqual({ held: 2 });

    const expiry = { beforeInStore: after(0), reason: "Too old.", now: after(clock.ms) };
    expect(await rows.store.expireHeld({ ...expiry, before: after(first + DAY) })).toBe(1);
    expect(await states()).toEqual({ held: 1, expired: 1 });
  });
});
