import { createHash, randomUUID } from "node:crypto";
import { expect } from "vitest";

import { orderId, type ShopDomain, shopDomain } from "../../app/event-contract/event-id.ts";
import type { CollectorPost } from "../../app/event-contract/wire.ts";
import { aCheckoutReceipt } from "../fixtures/orders/checkout-receipt.ts";
import { anOrderWebhook } from "../fixtures/orders/order-webhook.ts";
import { postWebhook } from "./signed-webhook.ts";
import type { TestApp } from "./test-app.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");

/** The person whose traces a life leaves everywhere. */
export const ADA = {
  customerId: "7700112233",
  email: "ada.lovelace@example.com",
  phone: "+16505551212",
  firstName: "Augusta",
  lastName: "Lovelace",
  fbp: "fb.1.1790000000000.4242424242",
  fbc: "fb.1.1790000000000.AdasClick",
  userAgent: "Mozilla/5.0 (AdasOwnBrowser) AppleWebKit/537.36 Chrome/150.0.0.0 Safari/537.36",
  checkoutToken: "adas-checkout",
  orderId: "880001",
} as const;

/** Whatever of her a dump could hold, in clear and as Meta's hashes. */
export const TRACES_OF_ADA: readonly string[] = [
  ADA.email,
  "lovelace",
  "augusta",
  ADA.phone.slice(1),
  ADA.customerId,
  ADA.fbp,
  ADA.fbc,
  "AdasOwnBrowser",
  "adas-page",
  ...[ADA.email, ADA.phone.slice(1), ADA.customerId, "augusta", "lovelace"].map(sha256),
];

export const adasOrder = (shop: string, changes: Parameters<typeof anOrderWebhook>[0] = {}, fields = {}): string =>
  anOrderWebhook(
    {
      shop,
      orderId: ADA.orderId,
      checkoutToken: ADA.checkoutToken,
      placedAt: new Date().toISOString(),
      buyer: {
        customerId: ADA.customerId,
        email: ADA.email,
        phone: ADA.phone,
        firstName: ADA.firstName,
        lastName: ADA.lastName,
        city: "Austin",
        province: "Texas",
        provinceCode: "TX",
        zip: "73301",
        countryCode: "US",
      },
      ...changes,
    },
    fields,
  );

type Post = Parameters<typeof aCheckoutReceipt>[0];

/** What her browser posts: a receipt, or with another name a storefront event. */
export const adasPost = (shop: string, changes: Partial<Post> = {}): string =>
  aCheckoutReceipt({
    shop,
    fbp: ADA.fbp,
    fbc: ADA.fbc,
    userAgent: ADA.userAgent,
    url: `https://${shop}/adas-page`,
    checkoutToken: null,
    ...changes,
  });

export const ADAS_HASHES = {
  em: sha256(ADA.email),
  ph: sha256(ADA.phone.slice(1)),
  external_id: sha256(ADA.customerId),
} as const;

/** A storefront event of hers: of a visitor whom the theme knows, or of a browser without a name. */
export const adasVisit = (
  shop: string,
  person: NonNullable<CollectorPost["person"]> | null,
  changes: Partial<Post> = {},
): string =>
  adasPost(shop, {
    name: "PageView",
    id: `visit.${randomUUID()}`,
    data: { search_string: ADA.email },
    person,
    ...changes,
  });

/** A payload that no parser can read, which names her in the ways Shopify's payloads do. */
export const adasBrokenOrder = (): string =>
  JSON.stringify({ id: "no-id", email: ADA.email, customer: { first_name: ADA.firstName, last_name: ADA.lastName } });

/** Her request for her data, assembled: a file that names her. */
async function adaAsksForHerData(app: TestApp, shop: string): Promise<void> {
  const { openDataRequest, assembleFile, dataRequests } = app.opened.privacy;
  const { customerId, email, phone } = ADA;
  const orderIds = [orderId(ADA.orderId) ?? expect.unreachable("an order ID")];
  const customer = { customerId, email, phone, orderIds };
  const { requestId } = await openDataRequest(app.domain(shop), { ...customer, requestId: "1" });
  const request = { shop: app.domain(shop), requestId, requestedAt: new Date(), customer };
  const { file, counts } = await assembleFile(request);
  await dataRequests.keepFile(request, file, counts);
}

/** Somebody of the shop who was given a role and looked at her order. */
async function staffLooksAtAdasOrder({ opened: { access } }: TestApp, shop: ShopDomain): Promise<void> {
  await access.setRole(shop, { userId: "1", role: "marketer", by: "operator" });
  access.seen.note(shop, "shopify-user 1", {
    kind: "event",
    subject: { kind: "event", eventName: "Purchase", eventId: ADA.orderId },
  });
  await access.seen.flush();
}

/** A shop that has had everything: orders, receipts, visits, forms, payloads in quarantine, a request for data, staff, jobs, a session. */
export async function liveFully(app: TestApp, shop: string): Promise<void> {
  const domain = shopDomain(shop) ?? expect.unreachable("a shop domain");
  const { prisma } = app.opened.database;
  await staffLooksAtAdasOrder(app, domain);
  await app.collect(shop, adasVisit(shop, null));
  await app.collect(shop, adasVisit(shop, ADAS_HASHES));
  await app.collect(shop, adasVisit(shop, { em: ADAS_HASHES.em }, { name: "Lead", data: {} }));
  await app.collect(
    shop,
    adasVisit(shop, null, {
      name: "InitiateCheckout",
      checkoutToken: ADA.checkoutToken,
    }),
  );
  await app.collect(shop, adasPost(shop, { orderId: ADA.orderId, checkoutToken: ADA.checkoutToken }));
  await postWebhook(app.url, adasOrder(shop), { shop });
  await postWebhook(
    app.url,
    adasOrder(shop, { orderId: "880002", checkoutToken: "adas-second", financialStatus: "pending" }),
    {
      shop,
      topic: "orders/create",
    },
  );
  await postWebhook(app.url, adasBrokenOrder(), { shop });
  await postWebhook(app.url, `{"email": "${ADA.email}", cut off`, { shop });
  await app.collect(shop, "not a post");
  await prisma.session.create({
    data: { id: `offline_${shop}`, shop, state: "", accessToken: "sealed", email: "owner@example.com" },
  });
  await prisma.consentPolicy.create({ data: { shop, triedAt: new Date() } });
  await app.opened.noteOtherSenders({
    shop: domain,
    senders: [{ metaPixelId: "1234567890123456", sender: "theme-code" }],
    now: new Date(),
  });
  await adaAsksForHerData(app, shop);
  await app.opened.refusals.flush();
  // One of them is the stage to which her order takes her lead.
  await expect.poll(async () => (await app.eventsOf(shop)).filter(({ state }) => state === "delivered").length).toBe(6);
  // One done, one for later: an alert as the worker sends it, and a comparison.
  const alerts = await app.opened.queue.background.queued<{ shop: string }>("life", async () => undefined);
  await alerts.send({ shop });
  app.opened.queue.wake([{ shop: domain, pixelId: randomUUID() }]);
}
