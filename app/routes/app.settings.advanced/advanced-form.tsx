import { useState } from "react";
import { errorAt } from "../../components/field-problems.tsx";
import { OnOffField } from "../../components/settings/on-off-field.tsx";
import { SettingsForm } from "../../components/settings/settings-form.tsx";
import type { SettingsForms } from "../../components/settings/use-settings-page.ts";
import { useListener } from "../../components/use-listener.ts";
import { useWords } from "../../components/words-context.ts";
import { costProblemIn } from "../../wording/cost-problem-in-words.ts";
import type { CostState } from "../../costs/types.ts";
import { DEFAULT_ORDER_SETTINGS, type OrderSettings } from "../../event-contract/order-settings.ts";
import type { FieldProblem, Settings } from "../../settings/types.ts";
import type { Words } from "../../wording/words.ts";
import { OrderRuleRows } from "./order-rule-rows.tsx";

type Props = { readonly settings: Settings; readonly costs: CostState; readonly forms: SettingsForms };

type FieldProps = { readonly orders: OrderSettings; readonly problems: readonly FieldProblem[] };

/** What most shops leave as it is: waiting, further events, net revenue, rules. Field names are the keys of `OrderSettings`. */
export function AdvancedForm({ settings, costs, forms }: Props) {
  const words = useWords();
  const [resets, setResets] = useState(0);
  const { orders = DEFAULT_ORDER_SETTINGS, contextWaitSeconds } = settings;
  return (
    <SettingsForm
      page="advanced"
      forms={forms}
      shows={(field) => /^rules\.\d/.test(field)}
      onReset={() => setResets((count) => count + 1)}
    >
      {(problems) => (
        <>
          <s-section heading={words.text("settings.waiting.heading")}>
            <s-stack gap="base">
              <WaitField seconds={contextWaitSeconds} problems={problems} />
              <PaymentField orders={orders} problems={problems} />
            </s-stack>
          </s-section>
          <FurtherEvents key={`events ${String(resets)}`} orders={orders} problems={problems} />
          <s-section heading={words.text("netRevenue.title")}>
            <NetRevenueFields key={`revenue ${String(resets)}`} orders={orders} problems={problems} costs={costs} />
          </s-section>
          <s-section heading={words.text("settings.rules")}>
            <OrderRuleRows key={`rules ${String(resets)}`} rules={orders.rules} problems={problems} />
          </s-section>
        </>
      )}
    </SettingsForm>
  );
}

function FurtherEvents({ orders, problems }: FieldProps) {
  const words = useWords();
  return (
    <s-section heading={words.text("settings.further-events.heading")}>
      <s-stack gap="base">
        <SubscriptionFields orders={orders} problems={problems} />
        {(["refundEvent", "upsellEvent", "customerSegmentation"] as const).map((name) => (
          <OnOffField
            key={name}
            label={words.text(`settings.orders.${name}`)}
            details={words.text(`settings.orders.${name}.help`)}
            name={name}
            isOn={orders[name]}
            {...errorAt(words, problems, name)}
          />
        ))}
      </s-stack>
    </s-section>
  );
}

type WaitProps = { readonly seconds: number; readonly problems: readonly FieldProblem[] };

function WaitField({ seconds, problems }: WaitProps) {
  const words = useWords();
  return (
    <s-number-field
      label={words.text("settings.wait")}
      name="contextWaitSeconds"
      min={0}
      suffix={words.text("settings.seconds")}
      details={words.text("settings.wait.help")}
      autocomplete="off"
      value={String(seconds)}
      {...errorAt(words, problems, "contextWaitSeconds")}
    />
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
      {...errorAt(words, problems, "waitForPaymentDays")}
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
        {...errorAt(words, problems, "subscribeEvent")}
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
          {...errorAt(words, problems, "predictedOrders")}
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
        {...errorAt(words, problems, "netRevenue")}
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
          {...errorAt(words, problems, "netRevenueCoverage")}
        />
      </div>
    </s-stack>
  );
}

function costsIn(words: Words, { problem, variants, withCost }: CostState): string {
  if (problem !== null) return costProblemIn(words, problem);
  return variants === 0
    ? words.text("netRevenue.smallest-coverage.unread")
    : words.text("netRevenue.smallest-coverage.known", { variants, withCost });
}
