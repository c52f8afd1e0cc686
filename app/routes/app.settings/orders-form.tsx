import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import type { CostState } from "../../costs/types.ts";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../event-contract/order-settings.ts";
import type { FieldProblem, Settings } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";
import type { Words } from "../../wording/words.ts";
import { ChoiceField } from "./choice-field.tsx";
import { OnOffField } from "./on-off-field.tsx";
import { OrderRuleRows } from "./order-rule-rows.tsx";
import { SettingsForm, type VersionedFormProps } from "./settings-form.tsx";

type Props = VersionedFormProps & { readonly settings: Settings; readonly costs: CostState };

type FieldProps = { readonly orders: OrderSettings; readonly problems: readonly FieldProblem[] };

const FIELDS = [
  "giftCards",
  "subscribeEvent",
  "refundEvent",
  "upsellEvent",
  "customerSegmentation",
  "predictedOrders",
  "netRevenue",
  "netRevenueCoverage",
  "waitForPaymentDays",
];

/** Which orders count, and which other events they send. Field names are the keys of `OrderSettings`. */
export function OrdersForm({ settings, costs, ...form }: Props) {
  const words = useWords();
  const [resets, setResets] = useState(0);
  const { giftCards = "count", orders = DEFAULT_ORDER_SETTINGS } = settings;
  const fields = { orders, problems: form.problems };
  const ruleFields = form.problems.map(({ field }) => field).filter((field) => /^rules\.\d/.test(field));
  return (
    <SettingsForm
      name="orders"
      heading={words.text("settings.orders.heading")}
      fields={[...FIELDS, ...ruleFields]}
      onReset={() => setResets((count) => count + 1)}
      {...form}
    >
      <PaymentField {...fields} />
      <ChoiceField
        label={words.text("settings.gift-cards")}
        name="giftCards"
        choices={choicesOf(words, "gift-cards")}
        details={words.text("settings.gift-cards.help")}
        value={giftCards}
        {...errorAt(form.problems, "giftCards")}
      />
      <SubscriptionFields key={`subscriptions ${String(resets)}`} {...fields} />
      {(["refundEvent", "upsellEvent", "customerSegmentation"] as const).map((name) => (
        <OnOffField
          key={name}
          label={words.text(`settings.orders.${name}`)}
          details={words.text(`settings.orders.${name}.help`)}
          name={name}
          isOn={orders[name]}
          {...errorAt(form.problems, name)}
        />
      ))}
      <NetRevenueFields key={`net revenue ${String(resets)}`} {...fields} costs={costs} />
      <OrderRuleRows key={`rules ${String(resets)}`} rules={orders.rules} problems={form.problems} />
    </SettingsForm>
  );
}

function PaymentField({ orders: { waitForPaymentDays }, problems }: FieldProps) {
  const words = useWords();
  return (
    <s-number-field
      label={words.text("settings.wait-days")}
      name="waitForPaymentDays"
      min={7}
      max={60}
      suffix={words.text("settings.days")}
      details={words.text("settings.wait-days.help")}
      autocomplete="off"
      value={String(waitForPaymentDays)}
      {...errorAt(problems, "waitForPaymentDays")}
    />
  );
}

function SubscriptionFields({ orders: { subscribeEvent, predictedOrders }, problems }: FieldProps) {
  const words = useWords();
  const [isOn, setOn] = useState(subscribeEvent);
  const box = useListener<"s-checkbox">("change", ({ checked }) => setOn(checked));
  return (
    <s-stack gap="small">
      <OnOffField
        label={words.text("settings.orders.subscribeEvent")}
        details={words.text("settings.orders.subscribeEvent.help")}
        name="subscribeEvent"
        isOn={subscribeEvent}
        listener={box}
        {...errorAt(problems, "subscribeEvent")}
      />
      <div hidden={!isOn}>
        <s-number-field
          label={words.text("settings.predicted-orders")}
          name="predictedOrders"
          min={1}
          max={100}
          details={words.text("settings.predicted-orders.help")}
          autocomplete="off"
          value={predictedOrders === null ? "" : String(predictedOrders)}
          {...errorAt(problems, "predictedOrders")}
        />
      </div>
    </s-stack>
  );
}

type NetRevenueProps = FieldProps & { readonly costs: CostState };

function NetRevenueFields({ orders: { netRevenue, netRevenueCoverage }, problems, costs }: NetRevenueProps) {
  const words = useWords();
  const [isOn, setOn] = useState(netRevenue);
  const box = useListener<"s-checkbox">("change", ({ checked }) => setOn(checked));
  return (
    <s-stack gap="small">
      <OnOffField
        label={words.text("netRevenue.choice")}
        details={words.text("netRevenue.choice.help")}
        name="netRevenue"
        isOn={netRevenue}
        listener={box}
        {...errorAt(problems, "netRevenue")}
      />
      <div hidden={!isOn}>
        <s-number-field
          label={words.text("netRevenue.smallest-coverage")}
          name="netRevenueCoverage"
          min={1}
          max={100}
          suffix="%"
          details={costsIn(words, costs)}
          autocomplete="off"
          value={String(netRevenueCoverage)}
          {...errorAt(problems, "netRevenueCoverage")}
        />
      </div>
    </s-stack>
  );
}

function costsIn(words: Words, { problem, variants, withCost }: CostState): string {
  if (problem !== null) return problem;
  return variants === 0
    ? words.text("netRevenue.smallest-coverage.unread")
    : words.text("netRevenue.smallest-coverage.known", { variants, withCost });
}
