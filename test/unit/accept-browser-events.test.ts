import { expect, test } from "vitest";
import { NotStorable } from "../../app/outbox/not-storable.ts";
import type { PostedEvent } from "../../app/outbox/rows-to-add.server.ts";
import { acceptBrowserEvents, type AcceptBrowserEventDeps } from "../../app/pipeline/accept-browser-event.ts";
import type { Settings, ShopProfile } from "../../app/settings/types.ts";
import { anEventsPost } from "../fixtures/orders/events-post.ts";
import { aShopDomain, settingsWith } from "../fixtures/orders/settings.ts";

const NOW = new Date("2026-11-23T12:00:00Z");
const shop = aShopDomain();
const profile: ShopProfile = { shop, ingestKey: "key", installed: true, settings: settingsWith(), pixels: [] };
const VIEWS = ["a", "b", "c"].map((id) => ({ name: "ViewContent", id }));

/** Accepts the post; `written` are the IDs of each call. */
async function accepted(
  events: readonly object[],
  addPosted: (ids: readonly string[]) => void,
  { settings = profile.settings, text = anEventsPost(shop, events) }: { settings?: Settings; text?: string } = {},
) {
  const written: string[][] = [];
  const woken: unknown[] = [];
  const sightings: string[] = [];
  const deps: AcceptBrowserEventDeps = {
    profileByIngestKey: async () => ({ ...profile, settings }),
    addPosted: async (posted: readonly PostedEvent[]) => {
      const ids = posted.map(({ event }) => event.body.event_id);
      written.push(ids);
      addPosted(ids);
      return { due: false, added: ids.map(() => ({ queued: ["one" as never] })) };
    },
    addReceipt: async () => ({ due: false }),
    noteOtherSenders: async () => undefined,
    noteUnknownHost: () => undefined,
    noteEmbedSeen: (seen) => void sightings.push(seen),
    limits: { store: () => 0, name: () => 0 },
    wake: (targets) => void woken.push(...targets),
  };
  const request = { ip: "203.0.113.7", userAgent: "Mozilla/5.0", receivedAt: NOW };
  const answers = await acceptBrowserEvents({ ingestKey: "key", text, request, takeAnother: () => 0 }, deps);
  return { answers, written, woken, sightings };
}

test("the events of a post are written together, and their pixel is woken once", async () => {
  const { answers, written, woken } = await accepted([...VIEWS, VIEWS[0] ?? {}], () => undefined);
  expect(written).toEqual([["a", "b", "c"]]);
  expect(answers).toEqual(Array(4).fill({ kind: "accepted" }));
  expect(woken).toEqual([{ shop, pixelId: "one", isDecided: true }]);
});

test("an event that the database can never store is refused alone, and the others are stored", async () => {
  const { answers, written } = await accepted(VIEWS, (ids) => {
    if (ids.includes("b")) throw new NotStorable("22P05", null);
  });
  expect(written).toEqual([["a", "b", "c"], ["a"], ["b"], ["c"]]);
  expect(answers).toMatchObject([
    { kind: "accepted" },
    { kind: "bad-post", because: "wrong-field" },
    { kind: "accepted" },
  ]);
});

test("an outage is the whole post's, so that the answer is no 204", async () => {
  const outage = new Error("no database");
  await expect(
    accepted(VIEWS, () => {
      throw outage;
    }),
  ).rejects.toBe(outage);
});

test("what only the theme embed can have posted says that it is on", async () => {
  const embed = settingsWith({ storefrontMode: "embed" });
  const seen = async (events: readonly object[], settings?: Settings, text?: string) => {
    const { sightings } = await accepted(events, () => undefined, {
      ...(settings && { settings }),
      ...(text && { text }),
    });
    return sightings;
  };
  expect(await seen(VIEWS, embed)).toEqual([shop]);
  expect(await seen([{ name: "Lead", id: "l", form: { reference: "4711" } }])).toEqual([shop]);
  expect(await seen([], undefined, JSON.stringify({ senders: [] }))).toEqual([shop]);
  // The web pixel reports pages in its own mode, the checkout in any, and for a while by older settings.
  expect(await seen(VIEWS)).toEqual([]);
  expect(await seen([{ name: "InitiateCheckout", id: "c" }], embed)).toEqual([]);
  expect(await seen(VIEWS, { ...embed, version: embed.version + 1 })).toEqual([]);
});
