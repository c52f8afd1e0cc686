import type { ReactNode } from "react";
import { LegAsJson } from "../../components/leg-as-json.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { problemIn } from "../../wording/field-problem-words.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { stateWording } from "../../wording/state-wording.ts";
import type { EventNowForReading, OrderNowForReading } from "./order-now-for-reading.ts";
import { SendAgain } from "./send-again.tsx";
import { useOrderNow } from "./use-followed.ts";

type Props = { readonly orderId: string; readonly maySend: boolean };

/** What the order would send now, read from Shopify when somebody asks for it. */
export function OrderNowCard({ orderId, maySend }: Props) {
  const { text } = useWords();
  const { isRunning, result, start } = useOrderNow<OrderNowForReading>(orderId);
  return (
    <s-section heading={text("orderPage.now.heading")}>
      <s-paragraph>{text("orderPage.now.text")}</s-paragraph>
      <div>
        <s-button onClick={start} {...(isRunning && { loading: true })}>
          {text(result === undefined ? "orderPage.now.start" : "orderPage.now.restart")}
        </s-button>
      </div>
      <div role="status">{isRunning && <s-paragraph color="subdued">{text("orderPage.now.running")}</s-paragraph>}</div>
      {result !== undefined && (
        <OrderNowResult
          result={result}
          again={(event) => <SendAgain event={event} orderId={orderId} maySend={maySend} />}
        />
      )}
    </s-section>
  );
}

type Again = { readonly again: (event: EventNowForReading) => ReactNode };

export function OrderNowResult({ result, again }: Again & { readonly result: OrderNowForReading }) {
  const words = useWords();
  if (result.kind === "decided") {
    return result.events.map((event) => (
      <Event key={`${event.eventName} ${event.eventId}`} event={event} again={again} />
    ));
  }
  return (
    <s-banner tone="warning">
      <s-paragraph>
        {result.kind === "stopped"
          ? problemIn(words, { message: result.problem })
          : words.text(`orderPage.now.${result.kind}`)}
      </s-paragraph>
    </s-banner>
  );
}

type EventProps = Again & { readonly event: EventNowForReading };

function Event({ event, again }: EventProps) {
  const words = useWords();
  const wording = stateWording(words, "preview", event.state);
  return (
    <s-section heading={event.sentAs}>
      <StateBadge wording={wording} slot="accessory" />
      <s-paragraph>
        {wording.meaning}
        {event.reason !== null && ` ${reasonIn(words, event.reason, event.actionSource)}`}
      </s-paragraph>
      {event.caveats.map((caveat) => (
        <s-paragraph key={caveat} color="subdued">
          {words.text(`orderPage.now.caveat.${caveat}`)}
        </s-paragraph>
      ))}
      {again(event)}
      <ServerLeg event={event} />
    </s-section>
  );
}

function ServerLeg({ event: { sentAs, server } }: { readonly event: EventNowForReading }) {
  const { text } = useWords();
  if (server === null) return <s-paragraph color="subdued">{text("orderPage.now.none")}</s-paragraph>;
  const name = text("orderPage.now.json", { name: sentAs });
  return (
    <details>
      <summary>{name}</summary>
      <LegAsJson name={name} json={server} />
    </details>
  );
}
