/** Help: what merchants ask. Why it is so, what to do, and where the shop’s own answer stands. */
export const help = {
  contents: "Questions",
  introduction:
    "Ten questions that merchants ask about Meta and Shopify. Below each answer are the pages that show how it is in your shop.",
  "in-your-shop": "In your shop:",
  "numbers.title": "Facebook says 40 sales, Shopify says 55. Why?",
  "numbers.why":
    "They count different things. Shopify counts every order. Meta’s ads reports count only the purchases that Meta credits to one of your ads, within the days after a click or a view that are set for it, usually on the day of the ad and not of the order, and some of them are estimates. So the two numbers differ even when Meta gets every order.",
  "numbers.do":
    "Look at what can be proved: whether Meta got each order. Home says how many orders there were, how many Meta accepted, and why others were left out. If every order is accounted for, none was lost on its way to Meta.",
  "not-sent.title": "Why was this order not sent?",
  "not-sent.why":
    "Most often the customer declined or ignored the cookie banner, the order is not paid yet, it is a test, or one of your own rules withholds it. Every order that is not sent has its reason in Events.",
  "not-sent.do":
    "Search Events for the order’s number, such as #1001. The order’s page says what became of it, why, what Meta answered, and what would be sent now.",
  "match-quality.title": "What is event match quality, and how do I raise it?",
  "match-quality.why":
    "It is Meta’s score, up to 10, for how well Meta can match the events of your website to people; Meta recommends 6 or more. It depends on what an event carries: e-mail address, phone number, click ID (fbc), browser ID (fbp), IP address and user agent. Customers who block cookies or enter little lower it, and that is no fault of the setup.",
  "match-quality.do":
    "Home shows under “Customer keys” how many events carry each of them. Switch the theme app embed on, which keeps the click and browser IDs with the cart, and let your checkout ask for e-mail and phone number. The score itself is in Meta’s Events Manager.",
  "twice.title": "Is a purchase counted twice?",
  "twice.why":
    "Browser and server send the same event with the same event ID, and Meta counts such a pair once if the server’s part arrives within 48 hours of the browser’s. Tandem does not send it later than that. The overview in Events Manager shows both parts, because it counts before Meta merges them. What does count twice is another sender, such as a second app, Shopify’s Facebook & Instagram app, code in your theme or a tag manager: its events have other IDs.",
  "twice.do":
    "If Home warns of another sender, switch that one off where Home says. Events shows for each purchase whether browser and server were matched.",
  "test-code.title": "What is a test event code, and when do I need it?",
  "test-code.why":
    "It is a code from Test events in Meta’s Events Manager. What is sent under it appears there at once, so you can see a Purchase arrive before the first customer buys. While a pixel has a code, test orders are sent to it, under that code only; without a code they are not sent. Real orders never carry it.",
  "test-code.do":
    "Enter the code with your pixel, send a test Purchase or place a test order, and remove the code on the Test page when you have finished: Meta counts what it gets under a code as well.",
  "consent.title": "What does the cookie banner change?",
  "consent.why":
    "Tandem follows the customer’s answer on both legs. If they decline, neither browser nor server sends anything about them. If they give no answer, nothing is sent where their region requires consent; elsewhere it is sent, unless you chose otherwise. A later yes does not send what came before it. A sale at a till or a subscription’s renewal has no banner, so the region and your choice decide.",
  "consent.do":
    "Each event’s page shows the answer and the rule that decided. Where a banner appears is set in the Shopify admin, under Settings, Customer privacy. What happens without an answer is set here, under Consent.",
  "token.title": "My access token has expired. What happens to my events?",
  "token.why":
    "The browser goes on sending. The server’s events are kept, and sent as soon as Meta accepts a new token. They cannot wait without end: Meta accepts events for 7 days, and a purchase that the browser has sent is not sent by the server after 48 hours, because Meta would count it twice. A token also ends when the person who made it changes their password or loses access to the pixel.",
  "token.do":
    "Generate a new token in Events Manager, under Settings, Conversions API, and replace the old one at your pixel. Home says how many events wait, and until when.",
  "blockers.title": "What do iPhones and ad blockers change?",
  "blockers.why":
    "Ad blockers stop Meta’s pixel in the browser, and Safari deletes cookies early. The server does not depend on either: it sends each order that Shopify reports, if consent allows it, and such an order is listed as server only. It carries less about the customer, so Meta matches fewer of these. Page views and carts of a customer who blocks everything reach neither leg. The question “Allow app to track?” of an iPhone is about apps; it changes what Meta credits to ads, not what Tandem sends.",
  "blockers.do":
    "Look on Home at the share that browser and server both reported. A steady gap is normal; a sudden fall is not: check your theme and the cookie banner then. The theme app embed keeps the click and browser IDs for the server.",
  "events-manager.title": "How do I check this in Meta’s Events Manager?",
  "events-manager.why":
    "Choose your pixel under Data sources. The overview lists each event with its parts from browser and server, about 20 minutes after they were sent. Open Purchase there for its match quality and for how many pairs Meta has merged. Single events can be seen only in Test events, under a test event code.",
  "events-manager.do":
    "To check one sale, search Events for its order: its page shows Meta’s answer with the trace ID, by which Meta’s support can find the event. To see one arrive, use the Test page.",
  "ads.title": "What do these figures not say about my ads?",
  "ads.why":
    "Tandem shows whether your events reach Meta, complete and once. It does not say how your ads perform, which ad brought a sale, or whether an ad is worth its money. More events at Meta are not more sales, and a sale that Meta credits to an ad might have come without it.",
  "ads.do":
    "Use these figures to know that Meta gets what happened. Judge your ads by a test of your own, such as leaving them out in one region for some weeks, and by the orders in Shopify.",
  "to.home": "Home: your orders, what needs you, and the figures",
  "to.search": "Events: search for an order",
  "to.not-sent": "Events that were not sent, with their reasons",
  "to.declined": "Events whose customer declined",
  "to.unanswered": "Events for which required consent is missing",
  "to.expired": "Events that expired",
  "to.matched": "Purchases that browser and server both reported",
  "to.server-only": "Purchases from the server only",
  "to.accepted": "Purchases that Meta accepted",
  "to.test": "Test: send a test Purchase, or remove the code",
  "to.pixels": "Settings: pixels, tokens and test event codes",
  "to.purchase": "Settings: when an order counts, and your rules",
  "to.consent": "Settings: orders without an answer",
} as const;
