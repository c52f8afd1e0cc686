/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Api } from "@shopify/ui-extensions/admin.order-details.block.render";
import type { OrderBlockAnswer, OrderBlockEvent, PixelAnswer } from "../../../app/event-contract/order-block.ts";
import type { Trouble } from "./ask-app.ts";

type Translate = Api["i18n"]["translate"];
type Translated = { readonly translate: Translate };

/** The block before its answer. */
export const Loading = ({ translate }: Translated) => (
  <s-admin-block heading={translate("heading")}>
    <s-spinner accessibilityLabel={translate("loading")} />
  </s-admin-block>
);

type OrderProps = Translated & { readonly answer: OrderBlockAnswer };

/** An order's events: sent or not and why, both legs, and Meta's answers. Collapsed, it says what became of the first. */
export const Order = ({ translate, answer: { events, page } }: OrderProps) => (
  <s-admin-block heading={translate("heading")} collapsedSummary={events[0]?.server.label ?? ""}>
    <s-stack direction="block" gap="base">
      {events.map((event) => (
        <Event key={event.id} translate={translate} event={event} />
      ))}
      <s-link href={page}>{translate("more")}</s-link>
    </s-stack>
  </s-admin-block>
);

const Event = ({ translate, event }: Translated & { readonly event: OrderBlockEvent }) => (
  <s-stack direction="block" gap="small">
    <s-stack direction="inline" gap="small-200" alignItems="center">
      <s-heading>{event.name}</s-heading>
      <s-badge tone={event.server.tone}>{event.server.label}</s-badge>
      {event.legs && <s-badge tone={event.legs.tone}>{event.legs.label}</s-badge>}
    </s-stack>
    <s-paragraph>{event.server.meaning}</s-paragraph>
    <s-paragraph>
      <s-text type="strong">{`${translate("browser")}: ${event.browser.label}.`}</s-text> {event.browser.meaning}
    </s-paragraph>
    {event.answers.map((answer) => (
      <Answer key={answer.pixel} translate={translate} answer={answer} />
    ))}
  </s-stack>
);

const Answer = ({ translate, answer }: Translated & { readonly answer: PixelAnswer }) => (
  <s-paragraph>
    <s-text type="strong">{`${translate("pixel", { pixel: answer.pixel })}: ${answer.state.label}.`}</s-text>{" "}
    {answer.meta ?? translate("not-asked")}
  </s-paragraph>
);

type NothingProps = Translated & { readonly because: Trouble; readonly again: () => void };

/** Why there is nothing to show, and what to do. */
export const Nothing = ({ translate, because, again }: NothingProps) => (
  <s-admin-block heading={translate("heading")}>
    <s-stack direction="block" gap="base">
      <s-paragraph>{translate(because)}</s-paragraph>
      <s-button onClick={again}>{translate("again")}</s-button>
    </s-stack>
  </s-admin-block>
);
