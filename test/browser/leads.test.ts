import { hash } from "node:crypto";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import type { ReceivedEvent } from "../simulators/meta/event-ledger.ts";
import { answerBanner } from "../simulators/shopper.ts";
import { PATIENCE_MS } from "../support/patience.ts";
import { FUNNEL, HIGHLEVEL, openWays, type Sender, type Way, WAYS, type WayName } from "./lead-ways.ts";
import { publishedTo, shopUrl } from "./shop-scene.ts";
import { openStorefront, STORE, userDataOf, type Visitor } from "./storefront-scene.ts";

// Of the first of these customers; each sender is another one.
const CUSTOMER_ID = 7_001_002_003;

let shop: Awaited<ReturnType<typeof openStorefront>>;
let opened: Awaited<ReturnType<typeof openWays>>;
beforeAll(async () => {
  const key = HIGHLEVEL.publicKey.export({ format: "der", type: "spki" }).toString("base64");
  shop = await openStorefront({ env: { TANDEM_GOHIGHLEVEL_KEY: key } });
  await shop.setMode("embed");
  const version = (): number => Number(publishedTo(STORE, shop.scene)["version"] ?? 0);
  const before = version();
  const domain = `${STORE}.myshopify.com`;
  await shop.scene.runShop("set", "--shop", domain, "--forms", "contact Lead", "--funnel", FUNNEL);
  await vi.waitFor(() => expect(version()).toBeGreaterThan(before), PATIENCE_MS);
});
beforeAll(async () => void (opened = await openWays(shop.scene)));
afterAll(async () => {
  await opened.close();
  await shop.scene.close();
});

const aSender = (n: number): Sender => ({
  email: `sender-${n}@example.com`,
  reference: String(4_711_000 + n),
  customerId: String(CUSTOMER_ID + n),
});

/** Comes from an ad, answers the cookie banner, and sends the contact form. */
async function sendForm(visitor: Visitor, { email, reference }: Sender, answer: "Accept" | "Decline"): Promise<void> {
  const { page } = visitor;
  await visitor.visit(`/pages/contact?fbclid=IwAR0of${reference}`);
  await answerBanner(page, answer);
  if (answer === "Accept") await visitor.arrived("PageView");
  const form = page.getByRole("form", { name: "Contact" });
  await form.getByLabel("E-mail").fill(email);
  await form.getByLabel("Reference").fill(reference);
  await form.getByRole("button", { name: "Send" }).click();
  await page.getByRole("status").getByText("Thanks").waitFor();
}

const received = (name: string, eventId: string): readonly ReceivedEvent[] =>
  shop.scene.stack.meta.received().filter((event) => event.eventName === name && event.eventId === eventId);

/** The stage of a lead at Meta, once it is there. */
async function arrivedStage(name: string, lead: ReceivedEvent): Promise<ReceivedEvent> {
  const eventId = `stage.${name === "LeadWon" ? "won" : "qualified"}.${lead.eventId}`;
  return vi.waitFor(() => {
    const [event, ...more] = received(name, eventId);
    expect(more).toEqual([]);
    return event ?? expect.fail(`no ${name} of ${lead.eventId}`);
  }, PATIENCE_MS);
}

/** The person's identifiers on the lead's server leg, without those of the browser's connection. */
function identifiersOf({ server }: ReceivedEvent): object {
  const { client_ip_address: _ip, client_user_agent: _agent, ...identifiers } = userDataOf(server?.event ?? {});
  return identifiers;
}

const loggedIn =
  ({ customerId }: Sender) =>
  (context: Visitor["shopper"]["context"]): Promise<void> =>
    context.addCookies([
      { name: "simulator_customer", value: "ada%40example.com", url: shopUrl(STORE) },
      { name: "simulator_customer_id", value: customerId, url: shopUrl(STORE) },
    ]);

/** Shopify knows the lead by its customer alone. */
const BY_CUSTOMER: readonly WayName[] = ["customer's tag", "customer's metafield"];

async function theLead(visitor: Visitor, sender: Sender): Promise<ReceivedEvent> {
  await sendForm(visitor, sender, "Accept");
  await visitor.arrived("Lead");
  const [lead, ...more] = visitor.received("Lead");
  if (lead === undefined) throw new Error("no lead");
  expect(more).toEqual([]);
  expect(lead).toMatchObject({ legs: ["browser", "server"], browserCopies: 1, serverCopies: 1, differences: [] });
  expect(lead.browser?.eventId).toBe(lead.server?.event["event_id"]);
  return lead;
}

/** Reports a stage, the same delivery again, and the same stage in another delivery. */
async function reportThrice(way: Way, { sender, stage, n }: { sender: Sender; stage: string; n: number }) {
  const at = new Date();
  const first = { sender, stage, at, delivery: n };
  return [await way(first), await way(first), await way({ ...first, delivery: n + 1 })];
}

const WITHOUT_OUTCOME: readonly WayName[] = ["Salesforce outbound message", "customer's tag", "customer's metafield"];

test.each(WAYS.map((name, n) => [name, n] as const))(
  "a lead from the contact form is qualified once by the way of: %s",
  async (name, n) => {
    const sender = aSender(n);
    const visitor = await shop.visitor({
      region: "DE",
      ...(BY_CUSTOMER.includes(name) && { prepare: loggedIn(sender) }),
    });
    const lead = await theLead(visitor, sender);
    const outcomes = await reportThrice(opened.ways[name], { sender, stage: "qualified", n: n * 10 });
    const told = WITHOUT_OUTCOME.includes(name) ? [null, null, null] : ["accepted", "accepted", "duplicate"];
    expect(outcomes).toEqual(told);
    // What comes later in the same queue: when it is there, a second copy of the stage before it would be too.
    await opened.ways[name]({ sender, stage: "won", at: new Date(), delivery: n * 10 + 5 });
    await arrivedStage("LeadWon", lead);

    const qualified = await arrivedStage("LeadQualified", lead);
    expect(qualified).toMatchObject({ legs: ["server"], serverCopies: 1, browser: null });
    const { event = {} } = qualified.server ?? {};
    expect(event).toMatchObject({
      action_source: "system_generated",
      original_event_data: {
        event_name: "Lead",
        event_id: lead.eventId,
        event_time: lead.server?.event["event_time"],
      },
    });
    expect(userDataOf(event)).toEqual(identifiersOf(lead));
    expect(userDataOf(event)).toMatchObject({
      em: expect.arrayContaining([hash("sha256", sender.email, "hex")]) as unknown,
      fbp: lead.browser?.fbp,
      fbc: expect.stringMatching(new RegExp(`^fb\\.\\d\\.\\d+\\.IwAR0of${sender.reference}`)) as unknown,
    });
    expect(shop.scene.stack.meta.malformed()).toEqual([]);
    await visitor.close();
  },
);

test("a person who declined is never sent to Meta, whichever stage any of the ways reports", async () => {
  const sender = aSender(99);
  const visitor = await shop.visitor({ region: "DE" });
  await sendForm(visitor, sender, "Decline");
  const before = shop.scene.stack.meta.received().length;
  const { API, "CSV file": csv, "Salesforce outbound message": message } = opened.ways;
  for (const [n, stage] of ["qualified", "won"].entries()) {
    const report = { sender, stage, at: new Date(), delivery: 990 + n };
    expect(await API(report)).toBe("unknown-lead");
    expect(await csv(report)).toBe("unknown-lead");
    await message(report);
  }
  // Somebody else's lead, after which nothing of the person can still be on its way.
  const other = await shop.visitor({ region: "DE" });
  const lead = await theLead(other, aSender(100));
  await reportThrice(opened.ways.API, { sender: aSender(100), stage: "qualified", n: 1000 });
  await arrivedStage("LeadQualified", lead);
  const since = shop.scene.stack.meta.received().slice(before);
  expect(JSON.stringify(since)).not.toContain(hash("sha256", sender.email, "hex"));
  expect(since.filter(({ eventName }) => eventName.startsWith("Lead")).map(({ eventId }) => eventId)).toEqual([
    lead.eventId,
    `stage.qualified.${lead.eventId}`,
  ]);
  await other.close();
  await visitor.close();
});
