/** A sale's net revenue (its value minus its items' costs), or why it is not sent to Meta. */
export const netRevenue = {
  title: "Net revenue",
  "reason.costs-below-coverage": "Too few of the items have a known cost.",
  "reason.sold-below-cost": "The items cost more than they were sold for.",
  coverage: "Costs are known for {percent, number}% of the merchandise.",
  "not-reported": "Not reported. {reason} {coverage}",
  reported: "{amount}. {coverage}",
} as const;
