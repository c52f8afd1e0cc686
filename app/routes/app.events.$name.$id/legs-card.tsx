import { Badge, BlockStack, Box, Card, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { ComparedParameter } from "./compare-legs.ts";
import type { EventForReading } from "./event-for-reading.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { BROWSER_LEG_SKIPPED, BROWSER_LEGS } from "../../wording/wording.ts";

/** Both legs, parameter by parameter. */
export function LegsCard({ event }: { readonly event: EventForReading }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd" id="legs-title">
          Both legs, side by side
        </Text>
        <BrowserSentence browser={event.browser} cameLate={event.cameLate} />
        {event.isShortened && <Text as="p">{SHORTENED}</Text>}
        <div role="region" aria-labelledby="legs-title" tabIndex={0} style={{ overflowX: "auto" }}>
          <table style={{ width: "100%", borderCollapse: "collapse" }}>
            <thead>
              <tr>
                <HeadCell>Parameter</HeadCell>
                <HeadCell>Browser</HeadCell>
                <HeadCell>Server</HeadCell>
                <HeadCell>Compared</HeadCell>
              </tr>
            </thead>
            <tbody>
              {event.parameters.map((parameter) => (
                <ParameterRow key={parameter.name} parameter={parameter} />
              ))}
            </tbody>
          </table>
        </div>
        <Box>
          <Text as="p" variant="bodySm" tone="subdued">
            The browser reads page address, referrer, fbp and fbc once for both legs. Tandem shows them with the server
            leg only.
          </Text>
        </Box>
      </BlockStack>
    </Card>
  );
}

function BrowserSentence({ browser, cameLate }: Pick<EventForReading, "browser" | "cameLate">) {
  if (browser === null) return <Text as="p">{BROWSER_LEGS.unseen.meaning}</Text>;
  const sentence = browser.leg.sent
    ? BROWSER_LEGS.sent.meaning
    : `${BROWSER_LEGS.skipped.meaning} ${BROWSER_LEG_SKIPPED[browser.leg.because]}`;
  return (
    <Text as="p">
      {sentence} Reported <LocalTime at={browser.seenAt} seconds />.{cameLate && ` ${LATE}`}
    </Text>
  );
}

const LATE =
  "By then the event had been decided, so the server leg lacks the browser’s data: cookies, IP address and page.";

const SHORTENED =
  "So many items were in the checkout that the browser’s report to Tandem went without content_ids and contents. Meta got them with each leg that was sent; value, currency and num_items are compared.";

const CELL = { textAlign: "start", padding: "0.5rem 1rem 0.5rem 0", verticalAlign: "top" } as const;
const LINE = { borderBlockStart: "1px solid var(--p-color-border-secondary)" } as const;

function HeadCell({ children }: { readonly children: ReactNode }) {
  return (
    <th scope="col" style={CELL}>
      <Text as="span" tone="subdued">
        {children}
      </Text>
    </th>
  );
}

function ParameterRow({ parameter }: { readonly parameter: ComparedParameter }) {
  const value = { ...CELL, overflowWrap: "anywhere", minWidth: "8rem" } as const;
  return (
    <tr style={LINE} data-parameter={parameter.name}>
      <th scope="row" style={{ ...CELL, fontWeight: "inherit" }}>
        <code>{parameter.name}</code>
      </th>
      <td style={value}>{parameter.browser ?? <Absent />}</td>
      <td style={value}>{parameter.server ?? <Absent />}</td>
      <td style={CELL}>
        <Comparison verdict={parameter.verdict} />
      </td>
    </tr>
  );
}

function Absent() {
  return (
    <>
      <span aria-hidden="true">–</span>
      <Text as="span" visuallyHidden>
        none
      </Text>
    </>
  );
}

function Comparison({ verdict }: Pick<ComparedParameter, "verdict">) {
  switch (verdict) {
    case "same":
      return <Badge tone="success">Same</Badge>;
    case "different":
      return <Badge tone="critical">Different</Badge>;
    case "one-sided":
      return <Absent />;
  }
}
