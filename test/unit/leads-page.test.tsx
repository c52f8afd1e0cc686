import { expect, test } from "vitest";
import type { LeadFacts } from "../../app/leads/lead-list-types.ts";
import { LeadFactsCard } from "../../app/routes/app.leads.$id/lead-facts-card.tsx";
import type { LeadEvent } from "../../app/ledger/types.ts";
import { LeadEventsCard } from "../../app/routes/app.leads.$id/lead-events-card.tsx";
import { DEFAULT_FUNNEL } from "../../app/settings/funnel.ts";
import { wordsFor } from "../../app/wording/every-language.ts";
import { htmlOf, textOf } from "./dashboard/html-of.tsx";
import { anEvent } from "./dashboard/samples.ts";

const MARKUP = `"><img src=x onerror=alert(1)><script>alert(1)</script>`;

const LEAD: LeadFacts = {
  leadId: MARKUP,
  kind: "form",
  action: MARKUP,
  sentAs: "Lead",
  happenedAt: new Date("2026-11-30T00:00:00Z"),
  externalId: MARKUP,
  signal: null,
  identifiers: [],
  page: MARKUP,
  campaign: { utm_source: MARKUP, utm_campaign: "spring" },
  stage: null,
  isDisqualified: false,
  reports: [],
};

test("what a lead came with from outside is text on its page, and no markup", () => {
  const html = htmlOf(<LeadFactsCard lead={LEAD} event={null} seesPeople />);
  expect(html).toContain("spring");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toMatch(/<(?:img|script)/);
});

test("whoever may not see people sees neither a lead's page nor its campaign", () => {
  const html = htmlOf(<LeadFactsCard lead={{ ...LEAD, page: "/gift-page" }} event={null} seesPeople={false} />);
  expect(html).not.toMatch(/gift-page|utm_|spring/);
});

/** Nobody answered in a region whose rule is the shop's own. */
const RECEIPT: NonNullable<LeadEvent["consent"]> = {
  decision: "send",
  rule: "not-required-in-region",
  region: "US-TX",
  signal: null,
  policy: { source: "shop", readAt: Date.parse("2026-11-29T07:00:00Z") },
  decidedAt: Date.parse("2026-11-30T09:30:00Z"),
};
const EVENT: LeadEvent = {
  ...anEvent(),
  eventName: "Lead",
  browserSkipped: null,
  deliveries: [],
  consent: RECEIPT,
};
const reader = (language: "en" | "de" | "cs") => wordsFor({ language, locale: language });

test.each([
  ["en", /not require one.*US-TX.*Your shop’s privacy settings.*Settings read.*Decided Nov 30, 2026/],
  ["de", /keine Einwilligung nötig.*US-TX.*Datenschutzeinstellungen.*Entschieden 30\.11\.2026/],
  ["cs", /není souhlas potřeba.*US-TX.*Nastavení ochrany soukromí.*Rozhodnuto 30\. 11\. 2026/],
] as const)(
  "a lead's page says by which rule its consent was decided, from where and when, in %s",
  (language, says) => {
    expect(textOf(<LeadFactsCard lead={LEAD} event={EVENT} seesPeople />, reader(language))).toMatch(says);
  },
);

test("every stage's event says by which rule it was decided", () => {
  const card = <LeadEventsCard lead={LEAD} events={[EVENT]} funnel={DEFAULT_FUNNEL} />;
  expect(textOf(card)).toMatch(/Consent: No answer from a browser.*Decided/);
});

test.each([
  ["browser-granted", /No browser saw this form.*marketing is allowed/],
  ["browser-declined", /No browser saw this form.*not allowed/],
] as const)("the receipt of an Instant Form's lead blames no browser: %s", (rule, says) => {
  const consent = { ...RECEIPT, rule };
  const lead = { ...LEAD, kind: "instant-form" } as const;
  const signal = { marketing: true, saleOfData: true, at: RECEIPT.decidedAt };
  const text = textOf(<LeadFactsCard lead={lead} event={{ ...EVENT, consent: { ...consent, signal } }} seesPeople />);
  expect(text).toMatch(says);
  expect(text).not.toContain("Browser reported");
});
