import { Prisma, type PrismaClient } from "@prisma/client";

import type { Sealer } from "../database/sealing.server.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import type { UserData } from "../event-contract/meta-event.ts";
import { hashedIdentity } from "../normalize/identity.ts";
import { endStorefront, lockLeases } from "../outbox/end-storefront.server.ts";
import type { DigestsOf } from "../outbox/is-erased.server.ts";
import { assembleCustomerFile, type FileOf } from "../privacy/assemble-customer-file.server.ts";
import { recordAnswer } from "../privacy/compliance-records.server.ts";
import { createDataRequests } from "../privacy/data-requests.server.ts";
import { eraseCustomer } from "../privacy/erase-customer.server.ts";
import {
  identifiersInPayload,
  identifiersOfCustomer,
  identifiersOfEvent,
  identifiersOfLead,
  identifiersOfReceipt,
} from "../privacy/identifiers.ts";
import type { Tombstones } from "../privacy/tombstones.server.ts";
import type { Counts, Customer, HashPerson, Identifier } from "../privacy/types.ts";

const NOBODY = { firstName: null, lastName: null, city: null, province: null, zip: null, country: null } as const;

/** Meta's hashes, the form in which the ledger stores a person. */
export const hashPerson: HashPerson = ({ customerId, emails, phones }) =>
  hashedIdentity({ ...NOBODY, customerId, emails, phones });

/** The tombstone digests of an event's or a receipt's identifiers. */
export const digestsWith = ({ digestOf }: Pick<Tombstones, "digestOf">): DigestsOf => ({
  event: (event) => identifiersOfEvent(event).map((identifier) => digestOf(event.shop, identifier)),
  receipt: (receipt) => identifiersOfReceipt(receipt).map((identifier) => digestOf(receipt.shop, identifier)),
});

type Deps = {
  readonly prisma: PrismaClient;
  readonly sealer: Sealer;
  readonly tombstones: Tombstones;
  readonly now: () => Date;
};

/** Handles Shopify's requests on behalf of a customer. */
export function customerPrivacy({ prisma, sealer, tombstones, now }: Deps) {
  const finding = { prisma, unseal: sealer.unseal, hashPerson };
  const dataRequests = createDataRequests(prisma, { sealer, tombstones, hashPerson, now });
  const erase = (shop: ShopDomain, named: readonly Identifier[]): Promise<Counts> =>
    eraseCustomer(shop, named, {
      ...{ ...finding, tombstones, now },
      endStorefront: (which) => endStorefront(prisma, which),
      lockLeases: (ofShop) => lockLeases(prisma, Prisma.sql`shop = ${ofShop}`),
    });
  return {
    /** Whether an unreadable payload names an erased person. */
    namesErased: (shop: ShopDomain, body: string): Promise<boolean> =>
      tombstones.cover(shop, identifiersInPayload(body, hashPerson)),

    /** A lead with everything of its person. False: no such lead. */
    eraseLead: async (shop: ShopDomain, leadId: string): Promise<boolean> => {
      const lead = await prisma.lead.findFirst({ where: { shop, leadId }, select: { userData: true } });
      if (lead === null) return false;
      // The outbox wrote the column from this type.
      await erase(shop, identifiersOfLead(leadId, lead.userData as UserData));
      return true;
    },

    eraseCustomer: async (shop: ShopDomain, customer: Customer): Promise<Counts> => {
      const named = identifiersOfCustomer(customer, hashPerson);
      const counts = await erase(shop, named);
      const subjectDigest = tombstones.digestOfRequest(shop, "redact", named);
      const shopDigest = tombstones.digestOfShop(shop);
      await recordAnswer(prisma, { kind: "customer-redacted", subjectDigest, shopDigest, counts }, now());
      return counts;
    },

    dataRequests,
    openDataRequest: dataRequests.open,
    assembleFile: (request: FileOf) => assembleCustomerFile(request, { ...finding, now }),
  };
}
