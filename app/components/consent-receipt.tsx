import type { ConsentReceipt } from "../consent/types.ts";
import type { EventDetail } from "../ledger/types.ts";
import { consentRuleIn } from "../wording/reasons.ts";
import { stateWording } from "../wording/state-wording.ts";
import type { Words } from "../wording/words.ts";
import { type Fact, FactList } from "./fact-list.tsx";
import { LocalTime } from "./local-time.tsx";
import { StateBadge } from "./state-badge.tsx";
import { useWords } from "./words-context.ts";

type Props = Pick<EventDetail, "consent" | "lateSignal"> & {
  /** Instead of the rule's own sentence, where that speaks of a browser and there was none. */
  readonly rule?: string | undefined;
  /** What the signal's time is called there. */
  readonly reported?: string | undefined;
};

/** The consent receipt: the decision, its rule, and what the browser reported. */
export function ConsentReceiptView({ consent, lateSignal, rule, reported }: Props) {
  const words = useWords();
  if (consent === null) {
    return <s-paragraph color="subdued">{words.text("eventPage.consent.undecided")}</s-paragraph>;
  }
  return (
    <>
      <s-paragraph>{rule ?? consentRuleIn(words, consent.rule)}</s-paragraph>
      <FactList facts={[...factsOf(words, consent, reported), ...lateFacts(words, lateSignal)]} />
      {lateSignal !== null && <s-paragraph color="subdued">{words.text("eventPage.consent.after")}</s-paragraph>}
    </>
  );
}

const allowedOrNot = (words: Words, allowed: boolean | undefined): string =>
  words.text(
    allowed === undefined ? "eventPage.consent.no-answer" : `eventPage.consent.${allowed ? "allowed" : "declined"}`,
  );

function factsOf(words: Words, receipt: ConsentReceipt, reported: string | undefined): readonly Fact[] {
  const { decision, region, signal, policy, decidedAt } = receipt;
  const { text } = words;
  return [
    {
      term: text("eventPage.consent.decision"),
      value: <StateBadge wording={stateWording(words, "consent", decision)} />,
    },
    { term: text("eventPage.consent.region"), value: region ?? text("eventPage.consent.region.unknown") },
    ...policyFacts(words, policy),
    { term: text("eventPage.consent.marketing"), value: allowedOrNot(words, signal?.marketing) },
    { term: text("eventPage.consent.sale"), value: allowedOrNot(words, signal?.saleOfData) },
    ...(signal === null
      ? []
      : [
          {
            term: reported ?? text("eventPage.consent.reported"),
            value: <LocalTime at={new Date(signal.at)} seconds />,
          },
        ]),
    { term: text("eventPage.consent.decided"), value: <LocalTime at={new Date(decidedAt)} seconds /> },
  ];
}

function lateFacts(words: Words, signal: EventDetail["lateSignal"]): readonly Fact[] {
  if (signal === null) return [];
  const { text } = words;
  return [
    {
      term: text("eventPage.consent.later"),
      value: text(`eventPage.consent.later.${signal.marketing ? "allowed" : "declined"}`),
    },
    { term: text("eventPage.consent.later.sale"), value: allowedOrNot(words, signal.saleOfData) },
    { term: text("eventPage.consent.later.at"), value: <LocalTime at={new Date(signal.at)} seconds /> },
  ];
}

function policyFacts({ text }: Words, policy: ConsentReceipt["policy"]): readonly Fact[] {
  switch (policy?.source) {
    case "shop":
      return [
        { term: text("eventPage.consent.rule"), value: text("eventPage.consent.rule.shop") },
        { term: text("eventPage.consent.rule.read"), value: <LocalTime at={new Date(policy.readAt)} seconds /> },
      ];
    case "default":
      return [{ term: text("eventPage.consent.rule"), value: text("eventPage.consent.rule.default") }];
    case undefined:
      return [];
  }
}
