import { ConsentReceiptView } from "../../components/consent-receipt.tsx";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadFacts } from "../../leads/lead-list-types.ts";
import type { LeadEvent } from "../../ledger/types.ts";
import { leadConsentRuleIn, leadOriginIn } from "../../wording/lead-words.ts";
import type { Words } from "../../wording/words.ts";

type Props = {
  readonly lead: LeadFacts;
  /** The event whose receipt is shown: the form's; null where none is kept. */
  readonly event: LeadEvent | null;
  readonly seesPeople: boolean;
};

/** What the lead came with: its consent, and the campaign of its visit, which is text from outside. */
export function LeadFactsCard({ lead, event, seesPeople }: Props) {
  const words = useWords();
  const { text } = words;
  return (
    <>
      <ConsentCard lead={lead} event={event} />
      <s-section heading={text("leadPage.facts")}>
        <FactList facts={factsOf(words, lead)} />
        {seesPeople ? (
          <>
            <FactList facts={personFacts(words, lead)} />
            <s-paragraph color="subdued">{text("leadPage.keys.text")}</s-paragraph>
            <Campaign campaign={lead.campaign} />
          </>
        ) : (
          <s-paragraph color="subdued">{text("leadPage.keys.hidden")}</s-paragraph>
        )}
      </s-section>
    </>
  );
}

/** What the person said last, which holds for every next stage, and the receipt: which rule decided, from where, when. */
function ConsentCard({ lead, event }: Omit<Props, "seesPeople">) {
  const words = useWords();
  const { text } = words;
  return (
    <s-section heading={text("leadPage.consent")}>
      {lead.signal === null ? (
        <s-paragraph>{text("leadPage.consent.none")}</s-paragraph>
      ) : (
        <FactList facts={consentFacts(words, lead.signal)} />
      )}
      {event === null ? (
        <s-paragraph color="subdued">{text("leadPage.consent.receipt.none")}</s-paragraph>
      ) : (
        <s-section heading={text(`leadPage.consent.receipt.${lead.kind}`)}>
          <ConsentReceiptView
            consent={event.consent}
            lateSignal={event.lateSignal}
            reported={lead.kind === "instant-form" ? text("leadPage.consent.at") : undefined}
            rule={event.consent === null ? undefined : leadConsentRuleIn(words, lead.kind, event.consent.rule)}
          />
        </s-section>
      )}
    </s-section>
  );
}

const answer = ({ text }: Words, isAllowed: boolean): string =>
  text(isAllowed ? "leadPage.consent.allowed" : "leadPage.consent.declined");

const consentFacts = (words: Words, signal: NonNullable<LeadFacts["signal"]>): readonly Fact[] => [
  { term: words.text("leadPage.consent.marketing"), value: answer(words, signal.marketing) },
  { term: words.text("leadPage.consent.sale"), value: answer(words, signal.saleOfData) },
  { term: words.text("leadPage.consent.at"), value: <LocalTime at={new Date(signal.at)} seconds /> },
];

const factsOf = (words: Words, lead: LeadFacts): readonly Fact[] => [
  { term: words.text("leadPage.id"), value: lead.leadId },
  { term: words.text("leadPage.reference"), value: lead.externalId ?? "–" },
  {
    term: words.text("leadPage.origin"),
    value: leadOriginIn(words, lead.kind === "form" ? lead.action : lead.kind),
  },
  { term: words.text("leadPage.at"), value: <LocalTime at={lead.happenedAt} seconds /> },
];

const personFacts = (words: Words, lead: LeadFacts): readonly Fact[] => [
  { term: words.text("leadPage.page"), value: lead.page ?? "–" },
  { term: words.text("leadPage.keys"), value: lead.identifiers.join(", ") || "–" },
];

function Campaign({ campaign }: Pick<LeadFacts, "campaign">) {
  const { text } = useWords();
  const facts = Object.entries(campaign ?? {}).map(([term, value]): Fact => ({ term, value }));
  if (facts.length === 0) return null;
  return (
    <s-section heading={text("leadPage.campaign")}>
      <FactList facts={facts} />
    </s-section>
  );
}
