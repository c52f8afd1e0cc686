import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { SetupFacts } from "./types.ts";

/**
 * The shop's setup state according to the ledger, in one statement. A token is valid once Meta has accepted it in a
 * check or with an event, invalid while its pixel is blocked, and otherwise unknown. The web pixel is on if Shopify
 * confirmed it within the last day; the app checks every hour.
 */
export async function readSetupFacts(prisma: PrismaClient, shop: ShopDomain): Promise<SetupFacts> {
  const rows = await prisma.$queryRaw<SetupFacts[]>`
    select
      exists (select 1 from destination where destination.shop = this_shop.shop and sealed_token is not null)
        as "pixelConnected",
      case
        when exists (select 1 from destination where destination.shop = this_shop.shop and state = 'blocked') then false
        when exists (
          select 1 from destination where destination.shop = this_shop.shop and sealed_token is not null and (
            token_accepted_at is not null
            or exists (select 1 from attempt where destination_id = destination.id and verdict = 'accepted')
          )
        ) then true
      end as "tokenValid",
      coalesce(web_pixel_id is not null and web_pixel_seen_at > now() - interval '1 day', false) as "webPixelOn",
      coalesce(web_pixel_id is not null and installation_check_due_at is null, false) as "webPixelInQuestion",
      embed_seen_at as "embedSeenAt",
      (
        select browser_seen_at from recorded_event
        where recorded_event.shop = this_shop.shop and browser_leg->>'sent' = 'true'
        order by created_at limit 1
      ) as "firstBrowserEventAt",
      (select settled_at from recorded_event where recorded_event.shop = this_shop.shop and state = 'delivered' order by created_at limit 1)
        as "firstServerEventAt",
      (
        select greatest(settled_at, browser_seen_at) from recorded_event
        where recorded_event.shop = this_shop.shop and state = 'delivered' and browser_leg->>'sent' = 'true'
        order by created_at limit 1
      ) as "firstPairAt",
      (select count(*)::int from quarantine where quarantine.shop = this_shop.shop and replayed_at is null) as quarantined,
      (select count(*)::int from attempt
        where attempt.shop = this_shop.shop and attempt.unknown and started_at > now() - interval '7 days'
      ) as "unknownAnswers",
      (
        select coalesce(jsonb_agg(jsonb_build_object('metaPixelId', pixel_id, 'sender', sender) order by pixel_id, sender), '[]')
        from other_sender
        where other_sender.shop = this_shop.shop and last_seen_at > now() - interval '7 days'
      ) as "otherSenders",
      (
        select coalesce(jsonb_agg(jsonb_build_object('reason', reason, 'posts', posts) order by posts desc, reason), '[]')
        from (
          select reason, sum(posts)::float8 as posts from collector_refusal
          where collector_refusal.shop = this_shop.shop and day > now() - interval '7 days' group by reason
        ) refused
      ) as "refusedPosts"
    from (select ${shop} as shop) this_shop left join shop on domain = this_shop.shop`;
  const [facts] = rows;
  if (facts === undefined) throw new Error("a select without a table returned no row");
  return facts;
}
