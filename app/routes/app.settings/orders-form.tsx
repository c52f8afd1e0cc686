import { BlockStack, Button, Card, FormLayout, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { CostState } from "../../costs/types.ts";
import { DEFAULT_ORDER_SETTINGS } from "../../event-contract/order-settings.ts";
import type { Settings, FieldProblem } from "../../settings/types.ts";
import { GIFT_CARDS } from "../../wording/choices.ts";
import { OnOffField } from "./on-off-field.tsx";
import { OrderRuleRows } from "./order-rule-rows.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { ProblemsElsewhere, problemAt, problemsElsewhere } from "../../components/field-problems.tsx";

type Props = {
  readonly settings: Settings;
  readonly costs: CostState;
  readonly problems: readonly FieldProblem[];
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

const onOff = (on: boolean): string => (on ? "on" : "off");

const savedFields = ({ giftCards = "count", orders = DEFAULT_ORDER_SETTINGS }: Settings) => ({
  giftCards: giftCards as string,
  subscribeEvent: onOff(orders.subscribeEvent),
  refundEvent: onOff(orders.refundEvent),
  upsellEvent: onOff(orders.upsellEvent),
  customerSegmentation: onOff(orders.customerSegmentation),
  predictedOrders: orders.predictedOrders === null ? "" : String(orders.predictedOrders),
  netRevenue: onOff(orders.netRevenue),
  netRevenueCoverage: String(orders.netRevenueCoverage),
  waitForPaymentDays: String(orders.waitForPaymentDays),
});

type Name = keyof ReturnType<typeof savedFields>;
type Field = (name: Name) => {
  readonly name: Name;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | false;
};

/** Which orders count, and which other events they send. Field names are the keys of `OrderSettings`. */
export function OrdersForm({ settings, costs, problems, busy, onSubmit }: Props) {
  const [fields, setFields] = useState(savedFields(settings));
  const field: Field = (name) => ({
    name,
    value: fields[name],
    onChange: (value) => setFields((before) => ({ ...before, [name]: value })),
    error: problemAt(problems, name),
  });
  const elsewhere = problemsElsewhere(problems, Object.keys(fields)).filter(({ field: at }) => !/^rules\.\d/.test(at));
  return (
    <Card>
      <form ref={useFocusOnProblem(problems)} method="post" onSubmit={onSubmit} aria-label="Orders" noValidate>
        <input type="hidden" name="intent" value="save-orders" />
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            Kinds of orders
          </Text>
          <ProblemsElsewhere problems={elsewhere} />
          <PaymentField field={field} />
          <OrderFields field={field} subscribes={fields.subscribeEvent === "on"} />
          <NetRevenueFields field={field} costs={costs} />
          <OrderRuleRows rules={(settings.orders ?? DEFAULT_ORDER_SETTINGS).rules} problems={problems} />
          <InlineStack align="end">
            <Button submit variant="primary" loading={busy}>
              Save orders
            </Button>
          </InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}

function PaymentField({ field }: { readonly field: Field }) {
  return (
    <FormLayout>
      <TextField
        label="Days that an order may wait to count"
        type="number"
        min={7}
        max={60}
        suffix="days"
        helpText="Where orders count when they are paid, delivered or tagged. For so long the shopper’s browser data of the checkout is kept; then the order is withheld and the data deleted."
        autoComplete="off"
        {...field("waitForPaymentDays")}
      />
    </FormLayout>
  );
}

function OrderFields({ field, subscribes }: { readonly field: Field; readonly subscribes: boolean }) {
  return (
    <FormLayout>
      <Select
        label="Gift cards"
        options={GIFT_CARDS}
        helpText="If they do not count, an order of gift cards alone is withheld."
        {...field("giftCards")}
      />
      <OnOffField
        label="Report Subscribe with a subscription’s first order"
        helpText="In addition to its Purchase, from the server. Renewals are Purchases only."
        {...field("subscribeEvent")}
      />
      {!subscribes && <input type="hidden" name="predictedOrders" value={field("predictedOrders").value} />}
      {subscribes && (
        <TextField
          label="Average number of orders in a subscription"
          type="number"
          min={1}
          max={100}
          helpText="Sends a predicted lifetime value (predicted_ltv): the value of the first order’s subscription items times this number. Leave it empty to send none."
          autoComplete="off"
          {...field("predictedOrders")}
        />
      )}
      <OnOffField
        label="Report OrderRefunded when an order is refunded"
        helpText="A custom event with a positive value, from the server. The Purchase does not change."
        {...field("refundEvent")}
      />
      <OnOffField
        label="Report UpsellPurchase for items added after the checkout"
        helpText="A custom event, from the server. The Purchase does not change."
        {...field("upsellEvent")}
      />
      <OnOffField
        label="Tell Meta whether a customer is new or returning"
        helpText="As customer_segmentation of a Purchase, if the checkout reports it."
        {...field("customerSegmentation")}
      />
    </FormLayout>
  );
}

function NetRevenueFields({ field, costs }: { readonly field: Field; readonly costs: CostState }) {
  const netRevenue = field("netRevenue");
  const coverage = field("netRevenueCoverage");
  const isOn = netRevenue.value === "on";
  return (
    <FormLayout>
      <OnOffField
        label="Report net revenue (profit after product costs)"
        helpText="Sends net_revenue with the server leg of each Purchase: the value minus the cost per item in Shopify."
        {...netRevenue}
      />
      {!isOn && <input type="hidden" name="netRevenueCoverage" value={coverage.value} />}
      {isOn && (
        <TextField
          label="Smallest share of an order whose costs must be known"
          type="number"
          min={1}
          max={100}
          suffix="%"
          helpText={costsInWords(costs)}
          autoComplete="off"
          {...coverage}
        />
      )}
    </FormLayout>
  );
}

const costsInWords = ({ problem, variants, withCost }: CostState): string =>
  problem ??
  (variants === 0
    ? "Below it, an order is sent without net_revenue. Tandem reads costs as your products are sold."
    : `Below it, an order is sent without net_revenue. Of ${String(variants)} sold variants, ${String(withCost)} have a cost in Shopify.`);
