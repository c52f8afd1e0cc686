import { z } from "zod";
import type { Life } from "./life.ts";
import { askSomething, type Visitor } from "./visitors.ts";

export type Crm = { readonly report: (visitor: Visitor, stage: string) => Promise<void> };

/** The event of a stage that had no effect is null. */
const Answer = z.object({ results: z.array(z.object({ eventId: z.string().nullable() })) });

const FUNNEL = JSON.stringify({
  stages: [
    { key: "lead", name: "Lead", event: "LeadReceived" },
    { key: "qualified", name: "Qualified", event: "LeadQualified", value: 40, currency: "EUR", isPrimary: true },
    { key: "offer", name: "Offer sent", event: "LeadOffered", mayBeSkipped: true },
    { key: "won", name: "Won", event: "LeadWon", kind: "won", value: 480, currency: "EUR" },
    { key: "disqualified", name: "Disqualified", event: "LeadDisqualified", kind: "disqualified" },
  ],
});

/** The shop gets inquiries by its contact form, and its CRM reports what became of them. */
export async function connectCrm({ runShop, stack, clock, underWay }: Life): Promise<Crm> {
  await runShop("set", "--forms", "contact Lead", "--funnel", FUNNEL);
  const { key } = await runShop("make-key", "--name", "Back office");
  await runShop("make-hook", "--name", "Our CRM", "--preset", "generic");
  let reports = 0;
  return {
    report: async (visitor, stage) => {
      const at = clock.now().toISOString();
      const stages = [{ lead: { externalId: referenceOf(visitor) }, stage, at }];
      const answer = await fetch(`${stack.app.url}/api/leads/stages`, {
        method: "POST",
        headers: {
          authorization: `Bearer ${String(key)}`,
          "content-type": "application/json",
          "idempotency-key": `deal-${(reports += 1)}`,
        },
        body: JSON.stringify({ crm: "Back office", stages }),
      });
      if (!answer.ok) throw new Error(`a report was answered ${answer.status}: ${await answer.text()}`);
      const { results } = Answer.parse(await answer.json());
      for (const { eventId } of results) if (eventId !== null) underWay.toMeta.add(eventId);
    },
  };
}

export const inquire = (visitor: Visitor, life: Life): Promise<void> =>
  askSomething(visitor, referenceOf(visitor), life);

const referenceOf = ({ n }: Visitor): string => `deal-${4_700 + n}`;
