import type { ComparedParameter } from "./compare-legs.ts";
import type { EventForReading } from "./event-for-reading.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { BROWSER_LEG_SKIPPED, BROWSER_LEGS } from "../../wording/wording.ts";

/** Both legs, parameter by parameter. */
export function LegsCard({ event }: { readonly event: EventForReading }) {
  return (
    <s-section heading="Both legs, side by side">
      <BrowserSentence browser={event.browser} cameLate={event.cameLate} />
      {event.isShortened && <s-paragraph>{SHORTENED}</s-paragraph>}
      <s-table>
        <s-table-header-row>
          <s-table-header listSlot="primary">Parameter</s-table-header>
          <s-table-header>Browser</s-table-header>
          <s-table-header>Server</s-table-header>
          <s-table-header listSlot="inline">Compared</s-table-header>
        </s-table-header-row>
        <s-table-body>
          {event.parameters.map((parameter) => (
            <ParameterRow key={parameter.name} parameter={parameter} />
          ))}
        </s-table-body>
      </s-table>
      <s-paragraph color="subdued">
        The browser reads page address, referrer, fbp and fbc once for both legs. Tandem shows them with the server leg
        only.
      </s-paragraph>
    </s-section>
  );
}

function BrowserSentence({ browser, cameLate }: Pick<EventForReading, "browser" | "cameLate">) {
  if (browser === null) return <s-paragraph>{BROWSER_LEGS.unseen.meaning}</s-paragraph>;
  const sentence = browser.leg.sent
    ? BROWSER_LEGS.sent.meaning
    : `${BROWSER_LEGS.skipped.meaning} ${BROWSER_LEG_SKIPPED[browser.leg.because]}`;
  return (
    <s-paragraph>
      {sentence} Reported <LocalTime at={browser.seenAt} seconds />.{cameLate && ` ${LATE}`}
    </s-paragraph>
  );
}

const LATE =
  "By then the event had been decided, so the server leg lacks the browser’s data: cookies, IP address and page.";

const SHORTENED =
  "So many items were in the checkout that the browser’s report to Tandem went without content_ids and contents. Meta got them with each leg that was sent; value, currency and num_items are compared.";

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
  return (
    <>
      <span aria-hidden="true">–</span>
      <s-text accessibilityVisibility="exclusive">none</s-text>
    </>
  );
}

function Comparison({ verdict }: Pick<ComparedParameter, "verdict">) {
  switch (verdict) {
    case "same":
      return <s-badge tone="success">Same</s-badge>;
    case "different":
      return <s-badge tone="critical">Different</s-badge>;
    case "one-sided":
      return <Absent />;
  }
}
