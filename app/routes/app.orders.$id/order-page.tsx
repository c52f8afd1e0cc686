import type { ReactNode } from "react";
import { LegsBadge } from "../../components/legs-badge.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { TestBadge } from "../../components/test-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";
import type { EventForReading } from "../app.events.$name.$id/event-for-reading.ts";
import { EventCards } from "../app.events.$name.$id/event-page.tsx";
import { eventUrl } from "../../components/record-urls.ts";
import { CopyButton } from "./copy-button.tsx";
import { orderAsJson } from "./order-as-json.ts";
import type { OrderForReading } from "./order-for-reading.ts";

export type OrderPageProps = {
  readonly order: OrderForReading;
  /** The order in Shopify's admin. */
  readonly inShopify: string;
  /** What it would send now. */
  readonly children?: ReactNode;
};

/** An order: every event it made, why each was sent or not, and what Meta answered. */
export function OrderPage({ order, inShopify, children }: OrderPageProps) {
  const { text } = useWords();
  return (
    <s-page heading={text("orderPage.heading", { order: order.orderName ?? order.orderId })}>
      <s-link slot="breadcrumb-actions" href="/app/events">
        {text("eventPage.events")}
      </s-link>
      <s-section heading={text("orderPage.summary")}>
        <s-paragraph>{text("orderPage.summary.text", { count: order.events.length })}</s-paragraph>
        <s-unordered-list>
          {order.events.map((event) => (
            <s-list-item key={`${event.eventName}/${event.eventId}`}>
              <EventLine event={event} />
            </s-list-item>
          ))}
        </s-unordered-list>
        <s-link href={inShopify} target="_blank">
          {text("orderPage.in-shopify")}
        </s-link>
        <CopyButton text={orderAsJson(order)} />
      </s-section>
      {children}
      {order.events.map((event) => (
        <OneEvent key={`${event.eventName}/${event.eventId}`} event={event} />
      ))}
    </s-page>
  );
}

function EventLine({ event }: { readonly event: EventForReading }) {
  const words = useWords();
  const state = eventStateIn(words, event);
  return (
    <s-stack gap="small-300">
      <s-stack direction="inline" gap="small-300" alignItems="center">
        <s-text type="strong">{event.eventName}</s-text>
        <TestBadge isTest={event.isTest} />
        <StateBadge wording={state} />
        <LegsBadge event={event} />
      </s-stack>
      <s-paragraph>
        {event.reason === null ? state.meaning : reasonIn(words, event.reason, event.actionSource)}
      </s-paragraph>
      <s-paragraph color="subdued">{happened(words, event)}</s-paragraph>
    </s-stack>
  );
}

function happened(words: Words, { eventTime, value, currency }: EventForReading): string {
  const at = words.time(eventTime);
  return value === null || currency === null
    ? words.text("orderPage.event.happened", { at })
    : words.text("orderPage.event.sent-at", { at, amount: words.money(value, currency) });
}

function OneEvent({ event }: { readonly event: EventForReading }) {
  const words = useWords();
  const state = eventStateIn(words, event).label;
  return (
    <s-section heading={words.text("orderPage.event.of", { name: event.eventName, state })}>
      <EventCards event={event} />
      <s-link href={eventUrl(event)}>{words.text("orderPage.event.page", { name: event.eventName })}</s-link>
    </s-section>
  );
}
