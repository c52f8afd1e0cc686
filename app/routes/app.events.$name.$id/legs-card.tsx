import type { ComparedParameter } from "./compare-legs.ts";
import type { EventForReading } from "./event-for-reading.ts";
import { useWords } from "../../components/words-context.ts";
import { stateWording } from "../../wording/state-wording.ts";

/** Both legs, parameter by parameter. */
export function LegsCard({ event }: { readonly event: EventForReading }) {
  const { text } = useWords();
  return (
    <s-section heading={text("eventPage.legs")}>
      <BrowserSentence browser={event.browser} cameLate={event.cameLate} />
      {event.isShortened && <s-paragraph>{text("eventPage.legs.shortened")}</s-paragraph>}
      <s-table>
        <s-table-header-row>
          <s-table-header listSlot="primary">{text("eventPage.legs.parameter")}</s-table-header>
          <s-table-header>{text("eventPage.legs.browser")}</s-table-header>
          <s-table-header>{text("eventPage.legs.server")}</s-table-header>
          <s-table-header listSlot="inline">{text("eventPage.legs.compared")}</s-table-header>
        </s-table-header-row>
        <s-table-body>
          {event.parameters.map((parameter) => (
            <ParameterRow key={parameter.name} parameter={parameter} />
          ))}
        </s-table-body>
      </s-table>
      <s-paragraph color="subdued">{text("eventPage.legs.once")}</s-paragraph>
    </s-section>
  );
}

function BrowserSentence({ browser, cameLate }: Pick<EventForReading, "browser" | "cameLate">) {
  const words = useWords();
  if (browser === null) return <s-paragraph>{stateWording(words, "browser-leg", "unseen").meaning}</s-paragraph>;
  const { leg, seenAt } = browser;
  const sentences = [
    stateWording(words, "browser-leg", leg.sent ? "sent" : "skipped").meaning,
    leg.sent ? null : words.text(`legs.skipped.${leg.because}`),
    words.text("eventPage.legs.reported", { at: words.time(seenAt, { seconds: true }) }),
    cameLate ? words.text("eventPage.legs.late") : null,
  ];
  return <s-paragraph>{sentences.filter((sentence) => sentence !== null).join(" ")}</s-paragraph>;
}

const LONG = { overflowWrap: "anywhere", minWidth: "8rem" } as const;

function ParameterRow({ parameter: { name, browser, server, verdict } }: { readonly parameter: ComparedParameter }) {
  return (
    <s-table-row data-parameter={name}>
      <s-table-cell>
        <code>{name}</code>
      </s-table-cell>
      <s-table-cell>{browser === null ? <Absent /> : <div style={LONG}>{browser}</div>}</s-table-cell>
      <s-table-cell>{server === null ? <Absent /> : <div style={LONG}>{server}</div>}</s-table-cell>
      <s-table-cell>
        <Comparison verdict={verdict} />
      </s-table-cell>
    </s-table-row>
  );
}

function Absent() {
  const { text } = useWords();
  return (
    <>
      <span aria-hidden="true">–</span>
      <s-text accessibilityVisibility="exclusive">{text("frame.none")}</s-text>
    </>
  );
}

function Comparison({ verdict }: Pick<ComparedParameter, "verdict">) {
  const { text } = useWords();
  switch (verdict) {
    case "same":
      return <s-badge tone="success">{text("eventPage.legs.same")}</s-badge>;
    case "different":
      return <s-badge tone="critical">{text("eventPage.legs.different")}</s-badge>;
    case "one-sided":
      return <Absent />;
  }
}
