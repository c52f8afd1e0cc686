import type { EventsFilter } from "../../components/events-url.ts";
import { useWords } from "../../components/words-context.ts";
import type { Words } from "../../wording/words.ts";
import { eventsOf } from "./events-of.ts";
import { type Period, PERIODS } from "./period.ts";
import { LOSSES, type Summary, SUMMARY_COUNTS, type SummaryCount } from "./summary.ts";

export type FiguresProps = { readonly period: Period; readonly present: Summary; readonly before: Summary };

/** The events behind each count. */
const FILTERS = {
  eligible: { outcome: "eligible" },
  delivered: { outcome: "delivered" },
  excluded: { outcome: "withheld" },
  matched: { outcome: "delivered", legs: "matched" },
  agreeing: { outcome: "delivered", legs: "both" },
} as const satisfies Record<SummaryCount, EventsFilter>;

/** The figures of a period beside those of the one before it. Each count opens the events behind it. */
export function FiguresSection({ period, present, before }: FiguresProps) {
  const words = useWords();
  const was = (value: string) => words.text(`home.figures.before.${period}`, { value });
  return (
    <s-section heading={words.text("home.figures.title")}>
      <PeriodLinks period={period} />
      <s-grid gridTemplateColumns="repeat(auto-fit, minmax(9rem, 1fr))" gap="base">
        {SUMMARY_COUNTS.map((which) => (
          <s-box key={which} data-figure={which}>
            <s-paragraph>{words.text(`home.figures.${which}`)}</s-paragraph>
            <s-heading>
              <s-link
                href={eventsOf(period, FILTERS[which])}
                accessibilityLabel={words.text("home.figures.open", {
                  figure: words.text(`home.figures.${which}`),
                  count: present[which],
                })}
              >
                {words.number(present[which])}
              </s-link>
            </s-heading>
            <s-paragraph color="subdued">{was(words.number(before[which]))}</s-paragraph>
          </s-box>
        ))}
        <s-box data-figure="delay">
          <s-paragraph>{words.text("home.figures.delay")}</s-paragraph>
          <s-heading>
            <s-link href={eventsOf(period, { outcome: "delivered" })}>{delayIn(words, present.medianDelay_s)}</s-link>
          </s-heading>
          <s-paragraph color="subdued">{was(delayIn(words, before.medianDelay_s))}</s-paragraph>
        </s-box>
      </s-grid>
      <Losses period={period} present={present} />
      <s-paragraph color="subdued">{words.text("home.figures.meaning")}</s-paragraph>
    </s-section>
  );
}

/** Where the difference between what was meant for Meta and what it accepted went; nothing where there is none. */
function Losses({ period, present }: Omit<FiguresProps, "before">) {
  const words = useWords();
  return LOSSES.filter((loss) => present[loss] > 0).map((loss) => (
    <s-paragraph key={loss}>
      <s-link href={eventsOf(period, { outcome: loss })}>
        {words.text(`home.figures.${loss}`, { count: present[loss] })}
      </s-link>
    </s-paragraph>
  ));
}

function PeriodLinks({ period }: Pick<FiguresProps, "period">) {
  const words = useWords();
  return (
    <nav aria-label={words.text("home.figures.periods")}>
      <s-stack direction="inline" gap="small">
        {PERIODS.map((choice) =>
          choice === period ? (
            <span key={choice} aria-current="page">
              <s-text type="strong">{words.text(`home.period.${choice}`)}</s-text>
            </span>
          ) : (
            <s-link key={choice} href={`/app?period=${choice}`}>
              {words.text(`home.period.${choice}`)}
            </s-link>
          ),
        )}
      </s-stack>
    </nav>
  );
}

const MINUTE_S = 60;
const HOUR_S = 3_600;

/** In the largest unit of which there are at least two. */
export function delayIn(words: Words, delay_s: number | null): string {
  if (delay_s === null) return "–";
  if (delay_s < 2 * MINUTE_S) return words.text("home.delay.seconds", { count: Math.round(delay_s) });
  if (delay_s < 2 * HOUR_S) return words.text("home.delay.minutes", { count: Math.round(delay_s / MINUTE_S) });
  return words.text("home.delay.hours", { count: Math.round(delay_s / HOUR_S) });
}
