/** Actions, sales channels, and what a merchant should know before saving a mapping. */
export const mapping = {
  "action.PageView": "A page is viewed",
  "action.ViewContent": "A product is viewed",
  "action.ViewCategory": "A collection is viewed",
  "action.Search": "The shop is searched",
  "action.AddToCart": "A product is added to the cart",
  "action.InitiateCheckout": "A checkout is started",
  "action.AddPaymentInfo": "Payment details are given",
  "action.Purchase": "An order is placed or paid",
  "action.Lead": "A newsletter or lead form is sent",
  "action.Contact": "A contact form is sent",
  "action.CompleteRegistration": "A customer account is created",
  "action.Subscribe": "A subscription is started",
  "action.OrderRefunded": "An order is refunded",
  "action.UpsellPurchase": "Something is added after the checkout",
  "action.LeadStage": "A lead reaches a stage",
  "channel.online": "Online store",
  "channel.pos": "Point of sale",
  "channel.renewals": "Subscription renewals",
  "channel.other": "Drafts, admin and other channels",
  "warning.primary-without-value":
    "{action} carries no value, so Meta cannot prefer customers who spend more. Purchase does.",
  "warning.primary-off": "{action} is your primary conversion and is not reported at all.",
  "warning.browser-alone": "{action} is reported by the browser alone: shoppers who block tracking are not counted.",
  "warning.server-alone":
    "{action} is reported by the server alone: it does not wait for a browser, but matches fewer people.",
  "warning.purchase-renamed":
    "Orders are sent as {name}, a custom event: what Meta offers for Purchase does not apply to it.",
} as const;
