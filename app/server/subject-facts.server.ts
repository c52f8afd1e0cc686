import { type KnownSubject, type NamedKind, readSubject } from "../access/subjects.ts";
import type { SubjectFact, SubjectFacts } from "../access/types.ts";
import type { ShopDomain } from "../event-contract/event-id.ts";
import { readLeadNames } from "../leads/read-lead.server.ts";
import type { OpenApp } from "./open-app.server.ts";

type App = Pick<OpenApp, "database" | "eventLog" | "apiKeys">;
type OfOne = readonly [stored: string, fact: SubjectFact];

/** What the shop has of the subjects of records: one query for each kind of thing, however many there are. */
export async function subjectFacts(app: App, shop: ShopDomain, stored: readonly string[]): Promise<SubjectFacts> {
  const subjects = [...new Set(stored)].flatMap((text): Read[] => {
    const subject = readSubject(text);
    return subject === null ? [] : [{ text, subject }];
  });
  const facts = await Promise.all([
    ordersAndEvents(app, shop, subjects),
    leads(app, shop, namedIn(subjects, "lead")),
    apiKeys(app, shop, namedIn(subjects, "api-key")),
  ]);
  return Object.fromEntries(facts.flat());
}

type Read = { readonly text: string; readonly subject: KnownSubject };
type NamedText = { readonly text: string; readonly name: string };

const namedIn = (subjects: readonly Read[], ...kinds: readonly NamedKind[]): readonly NamedText[] =>
  subjects.flatMap(({ text, subject }) =>
    "name" in subject && kinds.includes(subject.kind) ? [{ text, name: subject.name }] : [],
  );

async function ordersAndEvents({ eventLog }: App, shop: ShopDomain, subjects: readonly Read[]): Promise<OfOne[]> {
  const events = subjects.flatMap(({ text, subject }) => (subject.kind === "event" ? [{ text, ...subject }] : []));
  const orders = namedIn(subjects, "order", "order-consent");
  const known = await eventLog.namesOfOrders(shop, { events, orders: orders.map(({ name }) => name) });
  return [
    ...events.flatMap(({ text }, index): OfOne[] => {
      const event = known.events[index] ?? null;
      return event === null
        ? []
        : [[text, event.order === null ? { kind: "here" } : { kind: "order", ...event.order }]];
    }),
    ...orders.flatMap(({ text }, index): OfOne[] => {
      const order = known.orders[index] ?? null;
      return order === null ? [] : [[text, { kind: "order", ...order }]];
    }),
  ];
}

async function leads({ database }: App, shop: ShopDomain, named: readonly NamedText[]): Promise<OfOne[]> {
  const names = await readLeadNames(
    database.prisma,
    shop,
    named.map(({ name }) => name),
  );
  return named.flatMap(({ text, name: leadId }): OfOne[] => {
    const name = names.get(leadId);
    return name === undefined ? [] : [[text, name === null ? { kind: "here" } : { kind: "named", name }]];
  });
}

async function apiKeys(app: App, shop: ShopDomain, named: readonly NamedText[]): Promise<OfOne[]> {
  if (named.length === 0) return [];
  const keys = await app.apiKeys.list(shop);
  return named.flatMap(({ text, name: id }): OfOne[] => {
    const key = keys.find((one) => one.id === id);
    return key === undefined ? [] : [[text, { kind: "named", name: key.name }]];
  });
}
