import fc from "fast-check";

import type { EventName } from "../../app/event-contract/event-name.ts";
import type { BrowserLeg, CollectorPost } from "../../app/event-contract/wire.ts";
import type { EventMapping, Pixel, Settings } from "../../app/settings/types.ts";
import { aCollectorPost } from "../fixtures/orders/collector-post.ts";
import { anId, NOON } from "../support/store-scenes.ts";

/** The digest of a tombstone. */
export const ERASED = "somebody who was erased";

export type StorefrontCase = {
  readonly posts: readonly CollectorPost[];
  readonly pixels: readonly {
    /** As the shop's cached profile has it. */
    readonly known: Omit<Pixel, "id" | "shop">;
    /** As the database has it by now. */
    readonly state: Pick<Pixel, "state" | "stateReason">;
    readonly isGone: boolean;
  }[];
  readonly settings: Partial<Settings>;
  /** Since the profile was read. */
  readonly uninstalled: boolean;
  readonly erased: boolean;
};

const NAMES = ["PageView", "ViewContent", "Search", "AddToCart", "InitiateCheckout", "Lead"] as const;
const anyName = fc.constantFrom<EventName>(...NAMES);
const DAY_MS = 86_400_000;

/** True once in `times`. */
const seldom = (times: number): fc.Arbitrary<boolean> => fc.nat(times - 1).map((n) => n === 0);

const META_IDS = [1, 2, 3].map((n) => `10000000000000${n}`);

const anyLeg: fc.Arbitrary<BrowserLeg> = fc
  .record(
    {
      sent: fc.boolean(),
      as: anyName,
      to: fc.subarray([...META_IDS, "999999999999999"]),
    },
    { requiredKeys: ["sent"] },
  )
  .map(({ sent, ...route }) => (sent ? { sent, ...route } : { sent, because: "no-pixel" as const, ...route }));

const anyData: fc.Arbitrary<CollectorPost["data"]> = fc.oneof(
  fc.constant({}),
  fc.constant({ value: 12.5, currency: "USD", content_ids: ["41001"], num_items: 1 }),
  fc.constant({ value: 12.5 }),
  fc.constant({ search_string: "green tea", content_ids: [], contents: [] }),
  fc.constant({ value: 0, currency: "EUR", contents: [{ id: "41001", quantity: 2, item_price: 0.1 }] }),
);

/** By the number of the ID: the same event comes again with the same time. */
const AGES = [0, 0, 5_000, 3 * DAY_MS, 8 * DAY_MS];

const anyPost: fc.Arbitrary<CollectorPost> = fc
  .record({
    name: anyName,
    n: fc.nat(9),
    consent: fc.record({ marketing: seldom(4).map((no) => !no), saleOfData: fc.boolean(), at: fc.constantFrom(1, 2) }),
    isBot: seldom(6),
    leg: anyLeg,
    data: anyData,
    person: fc.constantFrom(null, { em: "a".repeat(64) }, { external_id: "b".repeat(64), country: "c".repeat(64) }),
    isKnown: fc.boolean(),
  })
  .map(({ n, isBot, isKnown, ...rest }) =>
    aCollectorPost({
      ...rest,
      id: anId(`5f0c1c52-8f0e-4a53-9d3e-1f8f1f6c8f1${n}`),
      at: NOON.getTime() - (AGES[n % AGES.length] ?? 0),
      sentAt: NOON.getTime(),
      userAgent: isBot ? "Googlebot/2.1" : "Mozilla/5.0 (X11; Linux x86_64) Chrome/153.0.0.0",
      ...(!isKnown && { url: null, referrer: null, checkoutToken: null, orderId: null, fbc: null }),
    }),
  );

const anyState = fc.oneof(
  { arbitrary: fc.constant({ state: "active", stateReason: null } as const), weight: 5 },
  { arbitrary: fc.constant({ state: "paused", stateReason: null } as const), weight: 1 },
  { arbitrary: fc.constant({ state: "blocked", stateReason: "token-invalid" } as const), weight: 1 },
);

const anyPixel = fc.record({
  known: fc
    .record({
      state: anyState,
      hasToken: seldom(6).map((none) => !none),
      countries: fc.constantFrom(null, null, null, ["DE"]),
      channels: fc.constantFrom(null, null, ["online" as const], ["pos" as const]),
      eventsOff: fc.subarray([...NAMES], { maxLength: 2 }),
    })
    .map(({ state, ...filter }) => ({ ...state, ...filter })),
  state: anyState,
  isGone: seldom(4),
});

const anyMapping: fc.Arbitrary<EventMapping> = fc
  .dictionary(
    anyName,
    fc.record({
      as: anyName,
      legs: fc.constantFrom("both" as const, "both" as const, "browser" as const, "server" as const, "off" as const),
      formerly: fc.subarray([...NAMES], { maxLength: 2 }),
    }),
  )
  .map((rules) => ({ primary: "Purchase", rules }));

/** Posts of one shop, with its settings and pixels as the cache has them and as they are by now. */
export const storefrontCases: fc.Arbitrary<StorefrontCase> = fc.record({
  posts: fc.array(anyPost, { minLength: 1, maxLength: 12 }),
  pixels: fc.array(anyPixel, { maxLength: 3 }).map((pixels) =>
    pixels.map(({ known, ...now }, n) => ({
      known: { ...known, metaPixelId: META_IDS[n] ?? "", testEventCode: null },
      ...now,
    })),
  ),
  settings: fc.record(
    { mapping: anyMapping, noAnswer: fc.constantFrom("as-policy" as const, "everywhere" as const) },
    { requiredKeys: [] },
  ),
  uninstalled: seldom(10),
  erased: seldom(10),
});
