import { Prisma, type PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import {
  EVENT_REFUSED,
  eventRefused,
  LEAD_REACHED_STAGE,
  leadReachedStage,
  namesOf,
  type ReachedStage,
  RefusedEvent,
  type TriggerHandle,
  type TriggerPayload,
  TRIGGERS,
} from "../shopify/flow/triggers.ts";
import type { WorkflowChange } from "../shopify/flow/parse-workflow-change.ts";

/** A trigger that this process alone may send. `payload`: null if what it is about is gone. */
export type FlowMessage = {
  readonly id: bigint;
  readonly handle: TriggerHandle;
  readonly attempts: number;
  readonly payload: TriggerPayload | null;
};

export type FlowMessageEnd =
  | { readonly state: "sent" | "refused" | "unknown" | "given-up"; readonly problem: string | null }
  | { readonly state: "waiting"; readonly problem: string; readonly dueAt: Date };

/**
 * The triggers that wait to be sent to Shopify Flow. Flow has no key for repetitions, so a trigger is taken before it is
 * sent, and one whose sending broke off is never taken again.
 */
export type FlowOutbox = ReturnType<typeof createFlowOutbox>;

// A stage that is older when its shop is looked at starts no workflow.
const NEWS_MS = 86_400_000;
const STAGES_PER_ROUND = 1_000;
const SHOPS_PER_ROUND = 200;
const KEPT_MS = 7 * 86_400_000;

const TRIGGER_HANDLES: readonly string[] = Object.keys(TRIGGERS);
const isOurs = (handle: string): handle is TriggerHandle => TRIGGER_HANDLES.includes(handle);
const KNOWN = [...namesOf(LEAD_REACHED_STAGE), ...namesOf(EVENT_REFUSED)];

/** Which rows of flow_workflow say that the shop uses the trigger. */
const uses = (handle: TriggerHandle): Prisma.Sql => Prisma.sql`enabled_at is not null and
  (definition = any (${[...namesOf(handle)]}::text[]) or definition <> all (${KNOWN}::text[]))`;

export function createFlowOutbox(prisma: PrismaClient) {
  return {
    noteWorkflow: (change: WorkflowChange) => noteWorkflow(prisma, change),
    noteRefused: (shop: ShopDomain, refused: readonly RefusedEvent[], now: Date) =>
      noteRefused(prisma, shop, { refused, now }),
    noteStages: (now: Date) => noteStages(prisma, now),
    due: (now: Date) => due(prisma, now),
    take: (shop: ShopDomain, now: Date) => take(prisma, shop, now),
    end: (shop: ShopDomain, id: bigint, end: FlowMessageEnd) => endMessage(prisma, shop, { id, end }),
  };
}

/** An older change than the known one is ignored, and so is a shop without the app. */
const noteWorkflow = (
  prisma: PrismaClient,
  { shop, definition, isEnabled, at }: WorkflowChange,
): Promise<number> => prisma.$executeRaw`
  insert into flow_workflow as known (shop, definition, enabled_at, changed_at)
  select domain, ${definition}, case when ${isEnabled} then ${at}::timestamptz end, ${at}::timestamptz
  from shop where domain = ${shop} and uninstalled_at is null
  on conflict (shop, definition) do update set changed_at = excluded.changed_at,
    enabled_at = case when excluded.enabled_at is null then null else coalesce(known.enabled_at, excluded.enabled_at) end
  where known.changed_at < excluded.changed_at`;

type Refused = { readonly refused: readonly RefusedEvent[]; readonly now: Date };

/** Events that Meta has just refused, if the shop wants to know. An event that two pixels refuse is one. */
const noteRefused = (prisma: PrismaClient, shop: ShopDomain, { refused, now }: Refused): Promise<number> =>
  prisma.$executeRaw`
    insert into flow_message (shop, handle, subject, facts, due_at, created_at)
    select ${shop}, ${EVENT_REFUSED}, (facts->>'eventName') || '/' || (facts->>'eventId'), facts,
      ${now}::timestamptz, ${now}::timestamptz
    from jsonb_array_elements(${JSON.stringify(refused)}::jsonb) as facts
    where exists (select from flow_workflow where shop = ${shop} and ${uses(EVENT_REFUSED)})
    on conflict do nothing`;

/** Stages that were reached since the shop wants to know. */
const noteStages = (prisma: PrismaClient, now: Date): Promise<number> => prisma.$executeRaw`
  -- every shop: each that uses the trigger
  insert into flow_message (shop, handle, subject, due_at, created_at)
  select stage.shop, ${LEAD_REACHED_STAGE}, stage.id::text, ${now}::timestamptz, ${now}::timestamptz
  from (
    select shop, min(enabled_at) as since from flow_workflow where ${uses(LEAD_REACHED_STAGE)} group by shop
  ) used join lead_stage stage on stage.shop = used.shop and stage.outcome = 'accepted'
    and stage.received_at >= greatest(used.since, ${new Date(now.getTime() - NEWS_MS)}::timestamptz)
  where not exists (
    select from flow_message known
    where known.shop = stage.shop and known.handle = ${LEAD_REACHED_STAGE} and known.subject = stage.id::text
  )
  order by stage.id limit ${STAGES_PER_ROUND}
  on conflict do nothing`;

/** The shops with a trigger to send. */
async function due(prisma: PrismaClient, now: Date): Promise<readonly ShopDomain[]> {
  const rows = await prisma.$queryRaw<{ shop: ShopDomain }[]>`
    -- every shop: each that has one waiting
    select distinct shop from flow_message where state = 'waiting' and due_at <= ${now}::timestamptz
    order by shop limit ${SHOPS_PER_ROUND}`;
  return rows.map(({ shop }) => shop);
}

type Taken = Pick<FlowMessage, "id" | "attempts"> & {
  readonly handle: string;
  readonly facts: unknown;
  readonly orderName: string | null;
  readonly metaPixelId: string | null;
} & { readonly [Field in keyof ReachedStage]: ReachedStage[Field] | null };

/** The shop's oldest, with what it says today of what it is about: nothing is kept twice that could be erased. */
async function take(prisma: PrismaClient, shop: ShopDomain, now: Date): Promise<FlowMessage | null> {
  const [taken] = await prisma.$queryRaw<Taken[]>`
    with taken as (
      update flow_message set state = 'sending', attempts = attempts + 1
      where id = (
        select id from flow_message where shop = ${shop} and state = 'waiting' and due_at <= ${now}::timestamptz
        order by id limit 1 for update skip locked
      ) and shop = ${shop}
      returning id, handle, subject, facts, attempts
    )
    select taken.id, handle, attempts, facts, stage.stage, lead.external_id as reference, stage.lead_id as "leadId",
      stage.event_id as "eventId", stage.happened_at as "reachedAt", stage.source, event.order_name as "orderName",
      pixel.pixel_id as "metaPixelId"
    from taken
      left join lead_stage stage on stage.shop = ${shop}
        and stage.id = case when handle = ${LEAD_REACHED_STAGE} then subject::bigint end
      left join lead on lead.shop = stage.shop and lead.lead_id = stage.lead_id
      left join event on event.shop = ${shop}
        and event.event_name = facts->>'eventName' and event.event_id = facts->>'eventId'
      left join destination pixel on pixel.shop = ${shop} and pixel.id::text = facts->>'pixelId'`;
  if (taken === undefined || !isOurs(taken.handle)) return null;
  return { id: taken.id, handle: taken.handle, attempts: taken.attempts, payload: payloadOf(taken) };
}

function payloadOf({ handle, facts, orderName, metaPixelId, ...stage }: Taken): TriggerPayload | null {
  if (handle === EVENT_REFUSED) return eventRefused(RefusedEvent.parse(facts), { orderName, metaPixelId });
  const { stage: key, leadId, reachedAt, source } = stage;
  if (key === null || leadId === null || reachedAt === null || source === null) return null;
  return leadReachedStage({ ...stage, stage: key, leadId, reachedAt, source });
}

type Ended = { readonly id: bigint; readonly end: FlowMessageEnd };

const endMessage = (prisma: PrismaClient, shop: ShopDomain, { id, end }: Ended): Promise<number> => prisma.$executeRaw`
  update flow_message set state = ${end.state}, problem = ${end.problem?.slice(0, 500) ?? null},
    due_at = coalesce(${end.state === "waiting" ? end.dueAt : null}::timestamptz, due_at)
  where id = ${id} and shop = ${shop} and state = 'sending'`;

/** Returns the number of rows. */
export const deleteOldFlowMessages = (prisma: PrismaClient, now: Date): Promise<number> => prisma.$executeRaw`
  -- every shop: rows are kept as long everywhere
  delete from flow_message where created_at < ${new Date(now.getTime() - KEPT_MS)}::timestamptz`;
