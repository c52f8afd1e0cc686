import type { FormEventHandler } from "react";
import { useWords } from "../../components/words-context.ts";
import type { LeadSetup } from "../../server/lead-port-types.ts";
import { GuidesCard } from "./guides-card.tsx";
import { HooksCard } from "./hooks-card.tsx";
import { ImportCard } from "./import-card.tsx";
import { KeysCard } from "./keys-card.tsx";
import type { SetupOutcome } from "./setup-outcome.ts";
import { StagesCard } from "./stages-card.tsx";

/** What each card gets. */
export type CardProps = {
  readonly outcome: SetupOutcome | null;
  readonly mayChange: boolean;
  /** The intent that is being sent. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  /** Sends the fields of a button. */
  readonly onAct: (fields: Readonly<Record<string, string>>) => void;
};

export type SetupProps = LeadSetup & CardProps;

/** Stages, keys and addresses: everything by which Meta hears which leads were good. */
export function SetupPage({ funnel, settingsVersion, warnings, keys, hooks, origin, ...card }: SetupProps) {
  const { text } = useWords();
  return (
    <s-page heading={text("frame.page.lead-setup")}>
      <s-link slot="breadcrumb-actions" href="/app/leads">
        {text("leadPage.back")}
      </s-link>
      {!card.mayChange && <s-paragraph>{text("leadSetup.read-only")}</s-paragraph>}
      <StagesCard key={settingsVersion} {...{ funnel, settingsVersion, warnings }} {...card} />
      <KeysCard keys={keys} {...card} />
      <HooksCard hooks={hooks} origin={origin} {...card} />
      {card.mayChange && <ImportCard />}
      <GuidesCard />
    </s-page>
  );
}
