/** Kinds of orders, assumed answers to the consent question, and rules that decide an order. */
export const dryRun = {
  "kind.online": "Online store",
  "kind.b2b": "Online store, business customer",
  "kind.channel-visit": "Online store, through a sales channel app",
  "kind.pos": "Point of sale",
  "kind.draft": "Draft order",
  "kind.admin": "Created in the Shopify app",
  "kind.renewal": "Subscription renewal",
  "kind.channel": "Another sales channel",
  "kind.unknown-source": "Unknown source",
  "answer.allowed": "Marketing is allowed",
  "answer.limited": "Marketing is allowed, the sale of data is not",
  "answer.declined": "Marketing is not allowed",
  "answer.none": "No answer: no browser reported the order",
  "rule.purchase-trigger-paid": "You chose to count orders when they are paid.",
  "rule.purchase-trigger-fulfilled":
    "You chose to count orders when they are delivered, or fulfilled where no carrier reports.",
  "rule.purchase-trigger-tagged": "You chose to count orders when they get your tag.",
  "rule.own": "Your rule for {rule}.",
} as const;
