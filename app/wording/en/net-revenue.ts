/** A sale's net revenue (its value minus its items' costs), or why it is not sent to Meta. */
export const netRevenue = {
  title: "Net revenue",
  "reason.costs-below-coverage": "Too few of the items have a known cost.",
  "reason.sold-below-cost": "The items cost more than they were sold for.",
  coverage: "Costs are known for {percent, number}% of the merchandise.",
  "not-reported": "Not reported. {reason} {coverage}",
  reported: "{amount}. {coverage}",
  choice: "Report net revenue (profit after product costs)",
  "choice.help":
    "Sends net_revenue with the server leg of each Purchase: the value minus the cost per item in Shopify.",
  "smallest-coverage": "Smallest share of an order whose costs must be known",
  "smallest-coverage.unread":
    "Below it, an order is sent without net_revenue. Tandem reads costs as your products are sold.",
  "smallest-coverage.known":
    "Below it, an order is sent without net_revenue. Of {variants, plural, one {# sold variant} other {# sold variants}}, {withCost, plural, one {# has} other {# have}} a cost in Shopify.",
} as const;
