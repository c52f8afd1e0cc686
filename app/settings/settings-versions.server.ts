import { Prisma, type PrismaClient } from "@prisma/client";
import { z } from "zod";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { clashesOf, type Seen, type Superseded } from "./settings-clash.ts";
import { noAnswerText } from "./no-answer-rule.ts";
import { orderChoices } from "./order-settings.ts";
import { SettingsRow } from "./shop-profiles.server.ts";
import type { Settings } from "./types.ts";
import type { SettingsChange } from "./validate-settings.ts";

type Save = { readonly shop: ShopDomain; readonly change: SettingsChange; readonly savedBy: string; readonly at: Date };

// Saves of one shop collide only when two people press Save at once; in each round one of them wins.
const MOST_ROUNDS = 20;
const WHY_NOT = "the shop is unknown, or another process keeps saving at the same time.";

/**
 * Adds a version: the newest one with the change applied. Two concurrent saves make two versions, the later based on
 * the earlier. Throws if the shop has no settings: it must be created first.
 */
export async function saveVersion(prisma: PrismaClient, save: Save): Promise<Settings> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const [saved] = z.array(SettingsRow).parse(await prisma.$queryRaw(nextVersion(save, Prisma.empty)));
    if (saved !== undefined) return saved;
  }
  throw new Error(`Settings of ${save.shop} could not be saved: ${WHY_NOT}`);
}

/** The same, unless it would undo choices of a version that its author has not seen. */
export async function saveUnlessSuperseded(prisma: PrismaClient, save: Save & Seen): Promise<Settings | Superseded> {
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const newest = await prisma.settings.findFirst({ where: { shop: save.shop }, orderBy: { version: "desc" } });
    if (newest === null) break;
    const { version, savedBy, savedAt } = newest;
    const clashes = version > save.seenVersion ? clashesOf(save.change, await versionsOf(prisma, save, version)) : [];
    if (clashes.length > 0) return { kind: "superseded", version, savedBy, savedAt, clashes };
    const [saved] = z
      .array(SettingsRow)
      .parse(await prisma.$queryRaw(nextVersion(save, Prisma.sql`where version = ${version}::integer`)));
    if (saved !== undefined) return saved;
  }
  throw new Error(`Settings of ${save.shop} could not be saved: ${WHY_NOT}`);
}

/** The version that was seen and the newest one; the newest counts as seen if the other one never existed. */
async function versionsOf(prisma: PrismaClient, { shop, seenVersion }: Save & Seen, newestVersion: number) {
  const rows = await prisma.$queryRaw`
    select * from settings where shop = ${shop} and version in (${seenVersion}::integer, ${newestVersion}::integer)
    order by version`;
  const [first, last] = z.array(SettingsRow).parse(rows);
  if (first === undefined) throw new Error(`${shop} has no settings.`);
  return { seen: first, newest: last ?? first };
}

const nextVersion = ({ shop, change, savedBy, at }: Save, condition: Prisma.Sql): Prisma.Sql => Prisma.sql`
  insert into settings (shop, version, purchase_trigger, value_basis, content_id, content_country, storefront_mode,
    context_wait_seconds, gift_cards, orders, event_mapping, forms, no_answer, funnel, saved_at, saved_by)
  select shop, version + 1,
    coalesce(${change.purchaseTrigger ?? null}::text, purchase_trigger),
    coalesce(${change.valueBasis ?? null}::text, value_basis),
    coalesce(${change.contentId ?? null}::text, content_id),
    coalesce(${change.contentCountry ?? null}::text, content_country),
    coalesce(${change.storefrontMode ?? null}::text, storefront_mode),
    coalesce(${change.contextWaitSeconds ?? null}::integer, context_wait_seconds),
    coalesce(${change.giftCards ?? null}::text, gift_cards),
    (orders || ${JSON.stringify(orderChoices(change))}::jsonb) - ${noLongerChosen(change)}::text[],
    coalesce(${asJson(change.mapping)}::jsonb, event_mapping),
    coalesce(${asJson(change.forms)}::jsonb, forms),
    coalesce(${asText(change.noAnswer)}::text, no_answer),
    coalesce(${asJson(change.funnel)}::jsonb, funnel),
    ${at}::timestamptz, ${savedBy}
  from (select * from settings where shop = ${shop} order by version desc limit 1) newest
  ${condition}
  on conflict (shop, version) do nothing
  returning *`;

/** No tag is stored by no key, as before one is named. */
const noLongerChosen = ({ triggerTag }: SettingsChange): string[] => (triggerTag === "" ? ["triggerTag"] : []);

const asText = (rule: SettingsChange["noAnswer"]): string | null => (rule === undefined ? null : noAnswerText(rule));
const asJson = (value: object | undefined): string | null => (value === undefined ? null : JSON.stringify(value));
