import { expect, test } from "vitest";
import type { LeadFacts } from "../../app/leads/lead-list-types.ts";
import { LeadFactsCard } from "../../app/routes/app.leads.$id/lead-facts-card.tsx";
import { htmlOf } from "./dashboard/html-of.tsx";

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
  const html = htmlOf(<LeadFactsCard lead={LEAD} seesPeople />);
  expect(html).toContain("spring");
  expect(html).toContain("&lt;img src=x onerror=alert(1)&gt;");
  expect(html).not.toMatch(/<(?:img|script)/);
});

test("whoever may not see people sees neither a lead's page nor its campaign", () => {
  const html = htmlOf(<LeadFactsCard lead={{ ...LEAD, page: "/gift-page" }} seesPeople={false} />);
  expect(html).not.toMatch(/gift-page|utm_|spring/);
});
