import type { ActionSource } from "../../event-contract/meta-event.ts";
import type { OrderId } from "../../event-contract/event-id.ts";
import type { OrderBlockAnswer, OrderBlockEvent, PixelAnswer, StateInWords } from "../../event-contract/order-block.ts";
import type { MetaAnswer, OrderDelivery, OrderEvent } from "../../ledger/types.ts";
import { adviceIn } from "../../wording/advice.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { eventStateIn, stateWording, type Wording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";

/** Where the app shows more of an order. */
const pageOfOrder = (order: OrderId): string => `/app/orders/${order}`;

/** An order's events as the block shows them. */
export const orderBlockAnswer = (words: Words, order: OrderId, events: readonly OrderEvent[]): OrderBlockAnswer => ({
  page: pageOfOrder(order),
  events: events.map((event) => eventInWords(words, event)),
});

const eventInWords = (words: Words, event: OrderEvent): OrderBlockEvent => ({
  name: event.isTest ? words.text("testing.name", { name: event.eventName }) : event.eventName,
  id: event.eventId,
  server: serverLeg(words, event),
  browser: browserLeg(words, event),
  legs: comparison(words, event),
  answers: event.deliveries.map((delivery) => pixelAnswer(words, delivery)),
});

/** An event whose pixel is paused or blocked is not on its way, and the delivery says why. */
function serverLeg(words: Words, { deliveries, ...event }: OrderEvent): StateInWords {
  const held = event.state === "queued" ? deliveries.find(({ state }) => state === "held") : undefined;
  return held === undefined
    ? inWords(words, eventStateIn(words, event), event.reason, event.actionSource)
    : inWords(words, eventStateIn(words, event), held.reason);
}

function browserLeg(words: Words, { browserLeg: leg, browserSkipped: because }: OrderEvent): StateInWords {
  const state = inWords(words, stateWording(words, "browser-leg", leg), null);
  return because === null ? state : { ...state, meaning: words.text(`legs.skipped.${because}`) };
}

function comparison(words: Words, { legsAgree }: OrderEvent): OrderBlockEvent["legs"] {
  if (legsAgree === null) return null;
  return legsAgree
    ? { label: words.text("legs.agree"), tone: "success" }
    : { label: words.text("legs.differ"), tone: "critical" };
}

const pixelAnswer = (words: Words, { metaPixelId, state, reason, answer }: OrderDelivery): PixelAnswer => ({
  pixel: metaPixelId,
  state: inWords(words, stateWording(words, "delivery", state), reason),
  meta: answer && answerIn(words, answer),
});

function answerIn(words: Words, { verdict, message, httpStatus, code, traceId }: MetaAnswer): string {
  const facts = [
    httpStatus === null
      ? words.text("orderBlock.fact.none")
      : words.text("orderBlock.fact.http", { status: String(httpStatus) }),
    code === null ? null : words.text("orderBlock.fact.code", { code: String(code) }),
    traceId === null ? null : words.text("orderBlock.fact.trace", { traceId }),
  ];
  const sentence = message === null ? stateWording(words, "verdict", verdict).meaning : adviceIn(words, message);
  return words.text("orderBlock.answer", { sentence, facts: facts.filter((fact) => fact !== null).join(", ") });
}

/** A reason says more than the state it led to. */
const inWords = (
  words: Words,
  { label, tone, meaning }: Wording,
  ...[reason, source]: readonly [reason: string | null, source?: ActionSource]
): StateInWords => ({
  label,
  tone: tone ?? "neutral",
  meaning: reason === null ? meaning : reasonIn(words, reason, source),
});
