/** Home: what needs the merchant, what happened, and the setup guide. */
export const home = {
  "account.title": "Your orders",
  "account.not-connected": "Nothing is sent to Meta yet, because no pixel is connected.",
  "account.proven": "Every order of the last {days, plural, one {day} other {# days}} is accounted for: {parts}.",
  "account.proven.young": "Every order since Tandem was installed is accounted for: {parts}.",
  "account.proven.none": "There was no order in the last {days, plural, one {day} other {# days}}.",
  "account.proven.none.young": "There has been no order since Tandem was installed.",
  "account.doubtful": "Of the orders of the last {days, plural, one {day} other {# days}} that Tandem knows: {parts}.",
  "account.doubtful.none": "Tandem knows of no order of the last {days, plural, one {day} other {# days}}.",
  "account.part.sent": "{count, number} sent",
  "account.part.notSent": "{count, number} not sent",
  "account.part.waiting": "{count, number} not counted yet, as you chose",
  "account.part.onTheWay": "{count, number} on the way",
  "account.part.needYou": "{count, plural, one {# needs you} other {# need you}}",
  "account.compared": "Compared with Shopify’s orders up to {at}.",
  "account.doubt.counting": "Events from before the last update are still being counted, so the numbers will grow.",
  "account.doubt.not-compared": "They have not been compared with Shopify’s orders yet. Tandem does that once an hour.",
  "account.doubt.comparison-stopped":
    "The last comparison with Shopify’s orders stopped early. Tandem continues with the next one, within the hour.",
  "account.doubt.comparison-late":
    "The last comparison with Shopify’s orders is more than three hours old. Tell the operator of this app if this stays so.",
  "account.doubt.unreadable": "Some messages from Shopify could not be read, so orders may be missing here.",
  "needs.title": "What needs you",
  "needs.none": "Nothing needs you.",
  "need.pixel-blocked.title": "Meta does not accept events for pixel {metaPixelId}",
  "need.pixel-blocked.no-reason": "Meta refused the access token.",
  "need.pixel-blocked.waiting":
    "{count, plural, one {# event waits} other {# events wait}} and will be sent as soon as this is fixed. Meta accepts the first of them until {until}.",
  "need.pixel-blocked.none-waiting": "No event waits at the moment. New ones are kept for up to 7 days.",
  "need.pixel-blocked.action": "Replace the token",
  "need.no-token.title": "Pixel {metaPixelId} has no access token",
  "need.no-token.text":
    "The server sends nothing to it. A token is deleted when the app is uninstalled: enter a new one.",
  "need.no-token.action": "Enter a token",
  "need.settings-unpublished.title": "Your settings have not reached the storefront",
  "need.settings-unpublished.text": "Shoppers’ browsers keep the settings from before. Shopify’s answer: {problem}",
  "need.settings-unpublished.action": "Save the settings again",
  "need.orders-never-came.title": "Shopify did not report {count, plural, one {# order} other {# orders}} to Tandem",
  "need.orders-never-came.added":
    "Tandem found them by comparing with Shopify’s orders, and nothing is lost. If this happens every day, tell the operator of this app.",
  "need.orders-never-came.lost":
    "Tandem found them by comparing with Shopify’s orders. {count, plural, one {# of them was} other {# of them were}} not sent, because Meta takes events for 7 days only or the order could not be read.",
  "need.orders-never-came.action": "See the orders",
  "need.unreadable.title": "{count, plural, one {# message} other {# messages}} from Shopify could not be read",
  "need.unreadable.text":
    "Nothing is lost: the messages are kept encrypted. Send this number and today’s date to the operator of this app.",
  "need.unreadable.action": "See the events",
  "need.pixel-paused.title": "Pixel {metaPixelId} is paused",
  "need.pixel-paused.text": "Events are not sent to it, and will not be sent later.",
  "need.pixel-paused.action": "Resume the pixel",
  "need.other-sender.title": "Something else also sends events to pixel {metaPixelId}",
  "need.other-sender.text": "{who} Meta cannot tell its events from Tandem’s, so visits and sales count twice.",
  "need.other-sender.action.apps": "Open your apps",
  "need.other-sender.action.themes": "Open your themes",
  "need.other-sender.action.tag-manager": "Open Google Tag Manager",
  "need.other-sender.action.events-manager": "Open Events Manager",
  "need.test-code.title": "Pixel {metaPixelId} still has the test event code {code}",
  "need.test-code.text": "Test orders go to it under this code. Remove the code when you have finished testing.",
  "need.test-code.action": "Remove the code",
  "need.token-unconfirmed.title": "Meta has not confirmed the token of pixel {metaPixelId}",
  "need.token-unconfirmed.text":
    "Tandem checks it within the hour, and the first event that Meta accepts confirms it too. Enter it again to have it checked at once.",
  "need.token-unconfirmed.action": "Check the token",
  "need.data-requests.title":
    "{count, plural, one {A customer asked for their data} other {# customers asked for their data}}",
  "need.data-requests.text":
    "What Tandem holds of them is ready to download for 30 days. Most privacy laws give you a month to answer the customer.",
  "need.data-requests.action": "Go to data requests",
  "need.embed-off.title": "The theme app embed is off",
  "need.embed-off.needed":
    "You chose that the theme reports storefront events, so none are measured until the embed is on.",
  "need.embed-off.better":
    "It keeps Meta’s click and browser IDs and the visitor’s consent with the cart, so that more orders match.",
  "need.embed-off.action": "Open the theme editor",
  "need.unknown-answers.title":
    "Tandem does not recognize {count, plural, one {# answer} other {# answers}} from Meta of the last seven days",
  "need.unknown-answers.text":
    "Tandem sends the affected events again a few times; all others are sent as usual. Open an affected event, and send the code of the answer to the operator of this app.",
  "need.unknown-answers.action": "See the events",
  "guide.title": "Setup guide",
  "guide.complete": "Everything is set up, and Tandem has seen it work.",
  "guide.progress":
    "{done, number} of {count, number} steps are done. A step turns green by itself when Tandem has seen it work.",
  "guide.progress.label": "Steps done",
  "guide.done": "Done",
  "guide.open": "Open",
  "guide.since": "First seen {at}.",
  "guide.to.settings": "Connect a pixel",
  "guide.to.events-manager": "Open Events Manager",
  "guide.to.customer-events": "Open Customer events",
  "guide.to.theme-editor": "Open the theme editor",
  "guide.to.storefront": "Open your shop",
  "guide.to.events": "See events",
  "guide.to.draft-order": "Create a draft order",
  "step.pixel.title": "Connect your Meta pixel",
  "step.pixel.done": "A Meta pixel is connected.",
  "step.pixel.open":
    "Enter the Meta pixel ID and a Conversions API access token. Both are in Meta’s Events Manager, under Data sources, your pixel, Settings.",
  "step.token.title": "Meta accepts the access token",
  "step.token.done": "Meta accepted the token.",
  "step.token.refused":
    "Meta refuses the token: it may have expired or belong to another pixel. Generate a new one in Events Manager, and replace the old one in the settings. Until then events are kept, and sent as soon as Meta accepts the new token.",
  "step.token.unconfirmed":
    "The token is stored, and Meta has not confirmed it yet. This turns green when Meta does: Tandem checks the token within the hour, and the first event that Meta accepts confirms it too.",
  "step.token.open":
    "Generate a token in Events Manager, under Settings, Conversions API. Tandem checks it with Meta when you connect the pixel.",
  "step.web-pixel.title": "Tandem’s web pixel is on",
  "step.web-pixel.done": "Shopify runs Tandem’s web pixel in the storefront and at checkout.",
  "step.web-pixel.open":
    "Tandem is switching its web pixel on by itself. This page shows it as soon as Shopify has confirmed it. In Shopify, Tandem is then listed under Customer events as connected.",
  "step.web-pixel.refused":
    "Shopify did not accept the web pixel’s settings: see the message above. Save the settings to try again.",
  "step.embed.title": "Switch on the theme app embed",
  "step.embed.done": "The Tandem app embed is on in your published theme.",
  "step.embed.open":
    "It keeps Meta’s click and browser IDs and the visitor’s consent with the cart, so that more orders match. Open the theme editor, switch Tandem on under App embeds, and press Save.",
  "step.embed.needed":
    "You chose that the theme reports storefront events, so none are measured until the embed is on. Open the theme editor, switch Tandem on under App embeds, and press Save.",
  "step.browser-event.title": "First event from a browser",
  "step.browser-event.done": "A shopper’s browser has reported an event.",
  "step.browser-event.open":
    "Open your shop in a private window, accept marketing cookies if the shop asks, and view a product.",
  "step.server-event.title": "First event from the server",
  "step.server-event.done": "Meta has accepted an event from Tandem’s server.",
  "step.server-event.open":
    "This turns green when Meta accepts the first event from Tandem’s server. If it stays open, check the reasons under Events.",
  "step.pair.title": "First pair: one event, both legs",
  "step.pair.done": "Browser and server reported the same event with one event ID, so Meta can count it once.",
  "step.pair.open":
    "This turns green with the first event that browser and server both report with one event ID. View a product in a private window to make one.",
  "step.purchase.title": "First Purchase received by Meta",
  "step.purchase.done": "Meta has received a Purchase.",
  "step.purchase.open":
    "Create a draft order for yourself and mark it as paid, or place a test order while your pixel has a test event code. This turns green when Meta has received its Purchase.",
  "orders-compared.title": "Compared with Shopify’s orders",
  "orders-compared.none":
    "Last at {at}: {count, plural, one {# changed order} other {# changed orders}} looked at, none missing.",
  "orders-compared.missing":
    "Last at {at}: {count, plural, one {# changed order} other {# changed orders}} looked at, {missing, number} missing.",
  "orders-compared.found": "{count, plural, one {# order} other {# orders}}: {because} {outcome}",
  "orders-compared.stopped": "The comparison stopped early and continues next time: {problem}",
  "missing.webhook-never-came": "Shopify never sent it to Tandem.",
  "missing.payment-webhook-never-came": "Shopify never reported the payment to Tandem.",
  "missing.trigger-webhook-never-came": "Shopify never reported the delivery, fulfillment or tag to Tandem.",
  "missing.quarantined": "Tandem could not read it at first.",
  "found.added": "Added, and on the way to Meta.",
  "found.advanced": "Added, and on the way to Meta.",
  "found.already-there": "Arrived in the meantime.",
  "found.too-old": "Not sent: Meta accepts events for 7 days only.",
  "found.unreadable": "Not sent: Tandem cannot read Shopify’s data.",
  "found.gone": "Not sent: deleted in the shop.",
  "refused-posts.title": "Reports that were not accepted",
  "refused-posts.text":
    "Anybody can send reports to your shop’s address at Tandem, so a few in seven days are normal. Many mean that browsers run an old version of Tandem, or that another app or script interferes with it.",
  "refused-posts.line": "{posts, number}: {because}",
  "refused.too-long": "too long",
  "refused.not-json": "not in the format of a report",
  "refused.wrong-field": "with a missing or invalid field",
  "refused.no-id": "without an event ID",
  "refused.unknown-address": "sent to an address that belongs to no shop",
  "refused.foreign-page": "about a page that is not your shop’s, such as a copy of it on another domain",
  "refused.erased": "about an order whose customer you have had erased, so nothing of them was stored",
  "refused.too-many": "sent faster than one visitor, or your whole shop, may report",
  "refused.too-much": "that would have stored more than one visitor, or your whole shop, may store at a time",
  "refused.guessing": "about more different orders than one visitor can place",
  "no-ratings":
    "Tandem shows whether events arrived, matched and agreed. It does not rate your ads: none of these figures says how they perform.",
} as const;
