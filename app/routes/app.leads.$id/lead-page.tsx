import type { FormEventHandler } from "react";
import { NothingHere } from "../../components/nothing-here.tsx";
import { useWords } from "../../components/words-context.ts";
import type { LeadView } from "../../server/lead-port-types.ts";
import type { StageOutcome } from "../../leads/types.ts";
import { stageNameIn } from "../../wording/lead-words.ts";
import { DeleteCard } from "./delete-card.tsx";
import { HistoryCard } from "./history-card.tsx";
import { LeadEventsCard } from "./lead-events-card.tsx";
import { LeadFactsCard } from "./lead-facts-card.tsx";
import { MoveCard } from "./move-card.tsx";

/** What became of the form that was sent last. */
export type LeadOutcome =
  | { readonly kind: "reported"; readonly outcome: StageOutcome }
  | { readonly kind: "bad-value" }
  | { readonly kind: "deleted" };

export type LeadProps = LeadView & {
  readonly seesPeople: boolean;
  readonly mayChange: boolean;
  /** Of the form that reports a stage, so that it may be sent twice. */
  readonly moveKey: string;
  readonly outcome: LeadOutcome | null;
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** One lead: what was captured, its way, and what Meta was sent and answered. */
export function LeadPage(props: LeadProps) {
  const { lead, events, funnel, seesPeople, mayChange, moveKey, outcome, busy, onSubmit } = props;
  const words = useWords();
  return (
    <s-page heading={words.text("leadPage.heading", { name: lead.externalId ?? lead.leadId })}>
      <s-link slot="breadcrumb-actions" href="/app/leads">
        {words.text("leadPage.back")}
      </s-link>
      <div>
        <s-badge>{stageNameIn(words, funnel, lead.stage)}</s-badge>
      </div>
      <HistoryCard lead={lead} funnel={funnel} />
      {mayChange && (
        <MoveCard
          funnel={funnel}
          moveKey={moveKey}
          leadId={lead.leadId}
          outcome={outcome}
          busy={busy === "report-stage"}
          onSubmit={onSubmit}
        />
      )}
      <LeadEventsCard lead={lead} events={events} funnel={funnel} />
      <LeadFactsCard lead={lead} event={formEventOf(lead, events)} seesPeople={seesPeople} />
      {mayChange && <DeleteCard leadId={lead.leadId} busy={busy === "delete-lead"} onSubmit={onSubmit} />}
    </s-page>
  );
}

/** The event of the lead's form; the first stage's, where no form of the shop was sent. */
const formEventOf = ({ leadId }: LeadView["lead"], events: LeadView["events"]): LeadView["events"][number] | null =>
  events.find(({ eventId }) => eventId === leadId) ?? events[0] ?? null;

export function LeadMissingPage() {
  const { text } = useWords();
  return (
    <s-page heading={text("leadPage.missing")}>
      <s-link slot="breadcrumb-actions" href="/app/leads">
        {text("leadPage.back")}
      </s-link>
      <NothingHere
        heading={text("leadPage.missing")}
        text={text("leadPage.missing.text")}
        link={{ label: text("leadPage.back"), url: "/app/leads" }}
      />
    </s-page>
  );
}
