import type { PrismaClient } from "@prisma/client";

import type { ShopDomain } from "../event-contract/event-id.ts";
import { explained, labeledPerson, withLabeledHashes } from "./customer-file.ts";
import { findCustomer, type FindCustomerDeps, type HeldOfCustomer } from "./find-customer.server.ts";
import { identifiersInPayload, identifiersOfCustomer } from "./identifiers.ts";
import { leadsForFile, reportsForFile } from "./leads-of-customer.server.ts";
import type { Counts, Customer } from "./types.ts";

export type FileOf = {
  readonly shop: ShopDomain;
  readonly requestId: string;
  readonly requestedAt: Date;
  readonly customer: Customer;
};

type Deps = Omit<FindCustomerDeps, "sharedDetails"> & { readonly now: () => Date };

const EXPLANATION =
  "This is what Tandem, the app that measures the shop's advertising with Meta, holds of one customer. Shopify asked " +
  "for it on the customer's behalf. Give it to the customer, or read it to them. “fields” explains the names.";

const ANONYMOUS =
  "Events without a name that came from the customer's own browsers are included. On a browser that several people " +
  "share, they may be another person's.";

const COMPLETE =
  "Personal data is removed from an event 30 days after it has ended, unless the app's operator chose otherwise, so " +
  "older events have none. What Meta was sent is Meta's; Tandem keeps no other copy.";

/** Everything that is held of one customer of the shop, as JSON that a person can read. */
export async function assembleCustomerFile(
  { shop, requestId, requestedAt, customer }: FileOf,
  deps: Deps,
): Promise<{ readonly file: string; readonly counts: Counts }> {
  const { prisma, hashPerson, now } = deps;
  const named = identifiersOfCustomer(customer, hashPerson);
  const held = await findCustomer(shop, named, { ...deps, sharedDetails: "left-out" });
  const events = await eventsOf(prisma, shop, held);
  const receipts = await receiptsOf(prisma, shop, held);
  const leads = await leadsForFile(prisma, shop, held);
  const reportsWithoutLead = await reportsForFile(prisma, shop, { hashes: named.map(({ value }) => value) });
  const own = new Set([...named.map(({ value }) => value), ...events.flatMap(({ data }) => hashesIn(data))]);
  const unreadableMessages = await messagesOf(shop, { held, own }, deps);
  const content = {
    about: {
      explanation: EXPLANATION,
      notes: [ANONYMOUS, COMPLETE],
      shop,
      request: requestId,
      requestedAt,
      assembledAt: now(),
      customerNamedByShopify: customer,
    },
    events: events.map(({ data, ...event }) => ({ ...event, data: withLabeledHashes(data) })),
    leads: leads.map(({ identifiers, ...lead }) => ({ ...lead, identifiers: labeledPerson(identifiers) })),
    reportsWithoutLead,
    receipts,
    unreadableMessages,
  };
  const { about, ...rows } = content;
  const file = JSON.stringify({ about, fields: explained({ ...content, sha256: "" }), ...rows }, null, 2);
  const counts = { events: events.length, receipts: receipts.length, quarantined: unreadableMessages.length };
  return { file, counts: { ...counts, unopened: held.unopened } };
}

type HeldEvent = Readonly<Record<string, unknown>> & { readonly data: unknown };

const eventsOf = (prisma: PrismaClient, shop: ShopDomain, { events }: HeldOfCustomer): Promise<HeldEvent[]> =>
  prisma.$queryRaw<HeldEvent[]>`
    select event_name as name, event_id as id, event_time as "happenedAt", created_at as "recordedAt", origin as source,
      order_id as "orderId", checkout_token as "checkoutToken", region, state, reason, body as data,
      browser_data as "browserData", browser_leg as "browserLeg", browser_seen_at as "browserReportedAt",
      consent, signal as "consentSignal", late_signal as "laterConsentSignal",
      coalesce((
        select jsonb_agg(jsonb_build_object(
          'pixel', destination.pixel_id, 'state', delivery.state, 'reason', delivery.reason, 'settledAt', delivery.settled_at))
        from recorded_delivery delivery left join destination on destination.id = delivery.destination_id
        where (delivery.shop, delivery.event_name, delivery.event_id) = (event.shop, event.event_name, event.event_id)
          and delivery.key = event.key
      ), '[]') as deliveries
    from recorded_event event
    where shop = ${shop} and (event_name, event_id) in (
      select event_name, event_id
      from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as entry(event_name text, event_id text))
    order by created_at, event_name, event_id`;

async function receiptsOf(prisma: PrismaClient, shop: ShopDomain, { receiptIds }: HeldOfCustomer) {
  const rows = await prisma.browserContext.findMany({
    where: { shop, id: { in: [...receiptIds] } },
    select: { checkoutToken: true, orderId: true, receivedAt: true, receipt: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ receipt, ...row }) => ({ ...row, data: receipt }));
}

/** The email and phone hashes of an event that is the customer's. */
function hashesIn(data: unknown): readonly string[] {
  const { user_data: who } = data as { readonly user_data?: { readonly em?: unknown; readonly ph?: unknown } };
  return [who?.em, who?.ph].flatMap((value) => (Array.isArray(value) ? value.map(String) : []));
}

type Whose = { readonly held: HeldOfCustomer; readonly own: ReadonlySet<string> };

const OTHERS =
  "It also names an email address or phone number that is not known to be this customer's. The app's operator can read " +
  "it with npm run quarantine.";

async function messagesOf(shop: ShopDomain, { held, own }: Whose, { prisma, unseal, hashPerson }: Deps) {
  const rows = await prisma.quarantine.findMany({
    where: { shop, id: { in: [...held.quarantineIds] } },
    select: { topic: true, receivedAt: true, problem: true, sealedBody: true },
    orderBy: { id: "asc" },
  });
  return rows.map(({ sealedBody, ...row }) => {
    const content = unseal(sealedBody);
    const isAnothers = identifiersInPayload(content, hashPerson).some(
      ({ kind, value }) => (kind === "em" || kind === "ph") && !own.has(value),
    );
    return { ...row, ...(isAnothers ? { contentWithheld: OTHERS } : { content }) };
  });
}
