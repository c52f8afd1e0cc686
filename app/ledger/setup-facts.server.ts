import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import type { SetupFacts } from "./types.ts";

/**
 * The shop's setup state according to the ledger, in one statement. A token is valid once Meta has accepted it in a
 * check or with an event, invalid while its pixel is blocked, and otherwise unknown. The web pixel is on if Shopify
 * confirmed it within the last day; the app checks every hour. First events are those of the present installation, since
 * after a reinstallation nothing is known to work.
 */
export async function readSetupFacts(prisma: PrismaClient, shop: ShopDomain): Promise<SetupFacts> {
  const rows = await prisma.$queryRaw<SetupFacts[]>`
    select
      exists (select 1 from destination where destination.shop = this_shop.shop and sealed_token is not null)
        as "pixelConnected",
      ${TOKENS},
      case when uninstalled_at is null then installed_at end as "installedAt",
      coalesce(web_pixel_id is not null and web_pixel_seen_at > now() - interval '1 day', false) as "webPixelOn",
      coalesce(web_pixel_id is not null and installation_check_due_at is null, false) as "webPixelInQuestion",
      case when embed_seen_at >= installed_at then embed_seen_at end as "embedSeenAt",
      ${FIRST_SEEN},
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

/** Meta accepted an event with the token that is stored now. Rows from before `token_stored_at` say nothing of when. */
const ACCEPTED_WITH_TOKEN = Prisma.sql`exists (
            select 1 from attempt
            where attempt.shop = this_shop.shop and destination_id = destination.id and verdict = 'accepted'
              and started_at >= coalesce(token_stored_at, '-infinity')
          )`;

/** Longer than a request to Meta may take (graph-client.server.ts): the process that asked is gone. */
const LONGEST_CHECK = "30 seconds";

const TOKENS = Prisma.sql`
      case
        when exists (select 1 from destination where destination.shop = this_shop.shop and state = 'blocked') then false
        when exists (
          select 1 from destination where destination.shop = this_shop.shop and sealed_token is not null and (
            token_accepted_at is not null or ${ACCEPTED_WITH_TOKEN}
          )
        ) then true
      end as "tokenValid",
      array(
        select pixel_id from destination
        where destination.shop = this_shop.shop and state = 'active' and sealed_token is not null
          and token_accepted_at is null
          and not ${ACCEPTED_WITH_TOKEN}
        order by created_at, id
      ) as "unconfirmedPixels",
      array(
        select pixel_id from destination
        where destination.shop = this_shop.shop and sealed_token is not null and state <> 'paused'
          and checking_since > now() - ${LONGEST_CHECK}::interval
        order by created_at, id
      ) as "pixelsBeingChecked"`;

type First = { readonly at: Prisma.Sql; readonly where: Prisma.Sql; readonly figures: Prisma.Sql };

/**
 * When an event like that first came. A shop that never had one would have its whole ledger read, so the daily figures are
 * asked first. What they do not count, such as an event that a pixel holds back, is looked for among the newest.
 */
const first = ({ at, where, figures }: First): Prisma.Sql => Prisma.sql`coalesce(
        (
          select ${at} from recorded_event
          where recorded_event.shop = this_shop.shop and ${where} and created_at >= installed_at
            and (
              exists (select from daily_figure figure where figure.shop = this_shop.shop and ${figures})
              or exists (select from daily_figure_change change where change.shop = this_shop.shop and ${figures})
            )
          order by created_at limit 1
        ),
        (
          select min(${at}) from (
            select browser_seen_at, settled_at, state, browser_leg, created_at from recorded_event
            where recorded_event.shop = this_shop.shop order by created_at desc limit 100
          ) newest
          where ${where} and created_at >= installed_at
        )
      )`;

const SENT_BY_BROWSER = Prisma.sql`browser_leg->>'sent' = 'true'`;

/** When something was first seen to work in the present installation. */
const FIRST_SEEN = Prisma.sql`
      ${first({
        at: Prisma.sql`browser_seen_at`,
        where: SENT_BY_BROWSER,
        figures: Prisma.sql`legs in ('browser', 'both', 'differing')`,
      })} as "firstBrowserEventAt",
      ${first({
        at: Prisma.sql`settled_at`,
        where: Prisma.sql`state = 'delivered'`,
        figures: Prisma.sql`outcome = 'delivered'`,
      })} as "firstServerEventAt",
      ${first({
        at: Prisma.sql`greatest(settled_at, browser_seen_at)`,
        where: Prisma.sql`state = 'delivered' and ${SENT_BY_BROWSER}`,
        figures: Prisma.sql`legs in ('both', 'differing')`,
      })} as "firstPairAt",
      -- Test orders are in no figure; where there are no others in the figures, there is none to look for.
      least(
        (
          select settled_at from event
          where event.shop = this_shop.shop and is_test and event_name = 'Purchase' and state = 'delivered'
            and created_at >= installed_at
          order by created_at limit 1
        ),
        (
          select settled_at from event
          where event.shop = this_shop.shop and event_name = 'Purchase' and state = 'delivered'
            and created_at >= installed_at
            and (
              exists (select from daily_figure figure
                where figure.shop = this_shop.shop and event_name = 'Purchase' and outcome = 'delivered')
              or exists (select from daily_figure_change change
                where change.shop = this_shop.shop and event_name = 'Purchase' and outcome = 'delivered')
            )
          order by created_at limit 1
        )
      ) as "firstPurchaseAt"`;
