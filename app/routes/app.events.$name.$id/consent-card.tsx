import type { ConsentReceipt } from "../../consent/types.ts";
import type { EventForReading } from "./event-for-reading.ts";
import { type Fact, FactList } from "../../components/fact-list.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { CONSENT_DECISIONS, CONSENT_RULES } from "../../wording/wording.ts";

/** The consent receipt: the decision, its rule, and what the browser reported. */
export function ConsentCard({ consent, lateSignal }: Pick<EventForReading, "consent" | "lateSignal">) {
  return (
    <s-section heading="Consent">
      {consent === null ? (
        <s-paragraph color="subdued">Consent was not decided for this event, because it ended before that.</s-paragraph>
      ) : (
        <>
          <s-paragraph>{CONSENT_RULES[consent.rule]}</s-paragraph>
          <FactList facts={[...factsOf(consent), ...lateFacts(lateSignal)]} />
          {lateSignal !== null && (
            <s-paragraph color="subdued">
              What a browser reports after the decision is kept, but does not change it: nothing is sent or withdrawn.
            </s-paragraph>
          )}
        </>
      )}
    </s-section>
  );
}

function factsOf({ decision, region, signal, policy, decidedAt }: ConsentReceipt): readonly Fact[] {
  const yesOrNo = (allowed: boolean) => (allowed ? "Allowed" : "Not allowed");
  return [
    { term: "Decision", value: <StateBadge wording={CONSENT_DECISIONS[decision]} /> },
    { term: "Region", value: region ?? "Unknown" },
    ...policyFacts(policy),
    { term: "Marketing", value: signal === null ? "No answer from a browser" : yesOrNo(signal.marketing) },
    { term: "Sale of data", value: signal === null ? "No answer from a browser" : yesOrNo(signal.saleOfData) },
    ...(signal === null ? [] : [{ term: "Browser reported", value: <LocalTime at={new Date(signal.at)} seconds /> }]),
    { term: "Decided", value: <LocalTime at={new Date(decidedAt)} seconds /> },
  ];
}

function lateFacts(signal: EventForReading["lateSignal"]): readonly Fact[] {
  if (signal === null) return [];
  return [
    { term: "Reported later", value: signal.marketing ? "Marketing allowed" : "Marketing not allowed" },
    { term: "Sale of data, later", value: signal.saleOfData ? "Allowed" : "Not allowed" },
    { term: "At", value: <LocalTime at={new Date(signal.at)} seconds /> },
  ];
}

function policyFacts(policy: ConsentReceipt["policy"]): readonly Fact[] {
  switch (policy?.source) {
    case "shop":
      return [
        { term: "Region’s rule", value: "Your shop’s privacy settings" },
        { term: "Settings read", value: <LocalTime at={new Date(policy.readAt)} seconds /> },
      ];
    case "default":
      return [{ term: "Region’s rule", value: "Tandem’s default list of regions" }];
    case undefined:
      return [];
  }
}
