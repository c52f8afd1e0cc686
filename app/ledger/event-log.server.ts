import type { PrismaClient } from "@prisma/client";

import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { readDetail } from "./event-detail.server.ts";
import { type PageQuery, readPage } from "./event-page.server.ts";
import { findOrders, readOrderDetail } from "./order-detail.server.ts";
import { readLeadEvents, readOrderEvents } from "./order-events.server.ts";
import { type InLedger, type Named, readOrderNames } from "./order-names.server.ts";
import { readSetupFacts } from "./setup-facts.server.ts";
import type { EventAt, EventDetail, EventPage, LeadEvent, OrderDetail, OrderEvent, SetupFacts } from "./types.ts";
import type { TestEvent } from "./test-event-types.ts";
import { readTestEvents } from "./test-events.server.ts";

/** What merchants may read of the ledger. Every query names the shop and returns only that shop's rows. */
export type EventLog = {
  /** Newest first. An invalid cursor starts from the beginning. */
  page(shop: ShopDomain, query: PageQuery): Promise<EventPage>;
  detail(shop: ShopDomain, eventName: string, eventId: string): Promise<EventDetail | null>;
  /** The same for one of several storefront events under one ID. */
  detailAt(shop: ShopDomain, key: EventAt): Promise<EventDetail | null>;
  /** Oldest first; empty for an order that this shop does not have. */
  ofOrder(shop: ShopDomain, orderId: OrderId): Promise<readonly OrderEvent[]>;
  /** Of a lead's form and of its stages, oldest first. */
  ofLead(shop: ShopDomain, leadId: string): Promise<readonly LeadEvent[]>;
  /** An order with all of its events in detail; null for an order that this shop does not have. */
  order(shop: ShopDomain, orderId: OrderId): Promise<OrderDetail | null>;
  /** The orders, two at most, that have this ID or this name. */
  findOrders(shop: ShopDomain, text: string): Promise<readonly OrderId[]>;
  /** Which of them the ledger has, and what the merchant calls the orders. */
  namesOfOrders(shop: ShopDomain, named: Named): Promise<InLedger>;
  /** Test events, and what else Meta was sent under a test event code, newest first. */
  tests(shop: ShopDomain, since: Date): Promise<readonly TestEvent[]>;
  setupFacts(shop: ShopDomain): Promise<SetupFacts>;
};

export const createEventLog = (prisma: PrismaClient): EventLog => ({
  page: (shop, query) => readPage(prisma, shop, query),
  detail: (shop, eventName, eventId) => readDetail(prisma, { shop, eventName, eventId }),
  detailAt: (shop, key) => readDetail(prisma, { ...key, shop }),
  ofOrder: (shop, orderId) => readOrderEvents(prisma, shop, orderId),
  ofLead: (shop, leadId) => readLeadEvents(prisma, shop, leadId),
  order: (shop, orderId) => readOrderDetail(prisma, shop, orderId),
  findOrders: (shop, text) => findOrders(prisma, shop, text),
  namesOfOrders: (shop, named) => readOrderNames(prisma, shop, named),
  tests: (shop, since) => readTestEvents(prisma, shop, since),
  setupFacts: (shop) => readSetupFacts(prisma, shop),
});
