import { Prisma, type PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { EVENT_NAMES, type SentName } from "../event-contract/event-name.ts";
import { CACHED_PLAN } from "../database/cached-plan.server.ts";
import { StoredFormRules } from "./form-rules.ts";
import { StoredFunnel } from "./funnel.ts";
import { NoAnswerField } from "./no-answer-rule.ts";
import { StoredOrderSettings } from "./order-settings.ts";
import { SALES_CHANNELS } from "./pixel-filter.ts";
import type { ShopProfile } from "./types.ts";

// The rows as jsonb, so that one query returns a shop, its newest settings and its pixels. Sealed tokens are left out.
const NEWEST = Prisma.sql`
  select s.domain as shop, s.ingest_key as "ingestKey", s.uninstalled_at is null as installed,
    to_jsonb(newest) as settings, s.hosts, s.hosts_read_at as "hostsReadAt",
    s.timezone as "timeZone",
    coalesce((
      select jsonb_agg(jsonb_build_object(
        'id', d.id, 'shop', d.shop, 'metaPixelId', d.pixel_id, 'hasToken', d.sealed_token is not null,
        'testEventCode', d.test_event_code, 'state', d.state, 'stateReason', d.state_reason,
        'countries', d.countries, 'channels', d.channels, 'eventsOff', d.events_off
      ) order by d.created_at, d.id)
      from destination d where d.shop = s.domain
    ), '[]'::jsonb) as pixels
  from shop s
  cross join lateral (select * from settings where shop = s.domain order by version desc limit 1) newest`;

// A name was validated when it was saved; newer rules do not invalidate it.
const StoredName = z.custom<SentName>((value) => typeof value === "string");
const Mapping = z.object({
  primary: z.enum(EVENT_NAMES),
  rules: z.partialRecord(
    z.enum(EVENT_NAMES),
    z.object({ as: StoredName, legs: z.enum(["both", "browser", "server", "off"]), formerly: z.array(StoredName) }),
  ),
});

/** The settings table's row; also read by the code that saves a version. */
export const SettingsRow = z
  .object({
    // The only cast to ShopDomain here: rows hold only domains that were a ShopDomain when they were written.
    shop: z.custom<ShopDomain>((value) => typeof value === "string"),
    version: z.number(),
    purchase_trigger: z.enum(["placed", "paid", "fulfilled", "tagged"]),
    value_basis: z.enum(["total", "subtotal", "subtotal_without_tax"]),
    content_id: z.enum(["variant_id", "product_id", "sku", "shopify_country_product_variant"]),
    content_country: z.string(),
    storefront_mode: z.enum(["pixel", "embed", "lite"]),
    context_wait_seconds: z.number(),
    event_mapping: Mapping,
    gift_cards: z.enum(["count", "leave-out"]),
    orders: StoredOrderSettings,
    forms: StoredFormRules,
    no_answer: NoAnswerField,
    funnel: StoredFunnel,
  })
  .transform((row) => ({
    shop: row.shop,
    version: row.version,
    purchaseTrigger: row.purchase_trigger,
    valueBasis: row.value_basis,
    contentId: row.content_id,
    contentCountry: row.content_country,
    storefrontMode: row.storefront_mode,
    contextWaitSeconds: row.context_wait_seconds,
    mapping: row.event_mapping,
    giftCards: row.gift_cards,
    orders: row.orders,
    forms: row.forms,
    noAnswer: row.no_answer,
    funnel: row.funnel,
  }));

/** A pixel's limits, as the table stores them. */
export const FilterFields = z.object({
  countries: z.array(z.string()).nullable(),
  channels: z.array(z.enum(SALES_CHANNELS)).nullable(),
  eventsOff: z.array(z.enum(EVENT_NAMES)),
});

const ProfileRow = z.object({
  shop: z.custom<ShopDomain>((value) => typeof value === "string"),
  ingestKey: z.string(),
  installed: z.boolean(),
  hosts: z.array(z.string()).nullable(),
  hostsReadAt: z.date().nullable(),
  timeZone: z.string().nullable(),
  settings: SettingsRow,
  pixels: z.array(
    z.object({
      id: z.string(),
      shop: z.custom<ShopDomain>((value) => typeof value === "string"),
      metaPixelId: z.string(),
      hasToken: z.boolean(),
      testEventCode: z.string().nullable(),
      state: z.enum(["active", "paused", "blocked"]),
      stateReason: z.string().nullable(),
      ...FilterFields.shape,
    }),
  ),
});
const Profile = ProfileRow.transform(({ hosts: known, hostsReadAt: readAt, ...row }) => ({
  ...row,
  hosts: known !== null && readAt !== null ? { known, readAt } : null,
}));

const read = async (prisma: PrismaClient, query: Prisma.Sql): Promise<ShopProfile[]> =>
  z.array(Profile).parse(await prisma.$queryRaw(query));

// An order runs this query unless the shop's profile is cached, and planning it took longer than running it.
const byDomain = async (prisma: PrismaClient, shop: ShopDomain): Promise<ShopProfile | null> =>
  (await read(prisma, Prisma.sql`${CACHED_PLAN}${NEWEST} where s.domain = ${shop}`))[0] ?? null;

const byIngestKey = async (prisma: PrismaClient, key: string): Promise<ShopProfile | null> =>
  (await read(prisma, Prisma.sql`${NEWEST} where s.ingest_key = ${key}`))[0] ?? null;

export const everyProfile = (prisma: PrismaClient): Promise<ShopProfile[]> =>
  read(prisma, Prisma.sql`${NEWEST} order by s.domain`);

export type ProfileCache = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile | null>;
  readonly profileByIngestKey: (key: string) => Promise<ShopProfile | null>;
  /** Called after a committed write: the next reader queries the database. */
  readonly drop: (shop: ShopDomain) => void;
};

// Another process's save shows after this time; this process's own at once.
const FRESH_MS = 2_000;
const MOST_SHOPS = 5_000;

type Kept = { readonly until: number; readonly profile: Promise<ShopProfile | null> };

/** The hot paths' view of a shop: concurrent readers share one query, and its result is cached for two seconds. */
export function createProfileCache(prisma: PrismaClient, now: () => Date): ProfileCache {
  const kept = new Map<ShopDomain, Kept>();
  // An ingest key never changes its shop, so the map needs no expiry.
  const shopOfKey = new Map<string, ShopDomain>();

  const profile = (shop: ShopDomain): Promise<ShopProfile | null> => {
    const entry = kept.get(shop);
    if (entry !== undefined && entry.until > now().getTime()) return entry.profile;
    const reading = byDomain(prisma, shop);
    keep(kept, shop, { until: now().getTime() + FRESH_MS, profile: reading });
    reading.catch(() => {
      // A failed query is not cached: the next reader queries again.
      if (kept.get(shop)?.profile === reading) kept.delete(shop);
    });
    return reading;
  };

  return {
    profile,
    profileByIngestKey: async (key) => {
      const known = shopOfKey.get(key);
      if (known !== undefined) {
        const current = await profile(known);
        // An erased shop that installs again gets a new key.
        return current?.ingestKey === key ? current : null;
      }
      const entry = await byIngestKey(prisma, key);
      if (entry !== null) keep(shopOfKey, key, entry.shop);
      return entry;
    },
    drop: (shop) => void kept.delete(shop),
  };
}

function keep<Key, Value>(map: Map<Key, Value>, key: Key, value: Value): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > MOST_SHOPS && oldest !== undefined) map.delete(oldest);
}
