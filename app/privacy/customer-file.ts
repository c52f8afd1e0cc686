import { fieldsOf } from "../event-contract/json.ts";

/** Explains every name that the file uses, for a reader who knows neither Tandem nor Meta. */
export const FIELDS_IN_WORDS: Readonly<Record<string, string>> = {
  about: "What this file is, and whose request it answers.",
  events: "What Tandem recorded of the customer: visits, forms, orders.",
  leads: "Forms of the customer, with what the shop's own system reported about them later.",
  reportsWithoutLead: "What the shop's own system reported about the customer and Tandem could match to no form.",
  reports: "What was reported about the lead: which stage it reached, when, and by whom.",
  stage: "A stage of the shop's own sales process, for example qualified or won.",
  outcome: "What became of the report, for example accepted or duplicate.",
  namedBy: "By what the report named the customer.",
  kind: "form: of the shop's own pages; instant-form: of Meta's.",
  reference: "The shop's own reference.",
  identifiers: "What Meta matches the lead to a person by.",
  page: "The page with the form.",
  campaign: "The campaign parameters of the page on which the visit began.",
  lead_id: "Meta's ID of a lead from an Instant Form.",
  receipts: "What the customer's browser reported at a checkout, kept until it is joined with the order.",
  unreadableMessages: "Messages from Shopify about the customer that Tandem could not read, and kept encrypted.",
  sha256: "A SHA-256 hash, made before storing. Tandem has no clear text, and cannot turn a hash back into one.",
  name: "What happened, under the name that Meta uses.",
  id: "The event's own ID. Browser and server send the same one, so that Meta counts the event once.",
  happenedAt: "When it happened (UTC).",
  recordedAt: "When Tandem stored it (UTC).",
  source:
    "webhook: a message from Shopify; collector: the customer's browser; reconciled: read from Shopify later; lead: the shop's own system. Of a report: form, order, or the way in which the shop's system reported it.",
  orderId: "Shopify's number of the order.",
  checkoutToken: "Shopify's ID of the checkout.",
  region: "The country or state whose consent rule applied.",
  state: "What became of it, for example delivered (Meta accepted it) or withheld (it was not sent).",
  reason: "Why it was not sent, or not yet, as a code.",
  data: "What was sent to Meta, or was ready to be sent, field by field in Meta's names (see Meta's Conversions API).",
  browserData: "What the browser reported about the same event.",
  browserLeg: "Whether the browser itself also sent the event to Meta, and if not, why.",
  browserReportedAt: "When the browser reported it (UTC).",
  consent: "The decision on consent: what was decided, by which rule, from which signal.",
  consentSignal: "What the browser said of the visitor's consent when the event was recorded.",
  laterConsentSignal: "What a browser said of consent after the decision; it changed nothing any more.",
  deliveries: "To which of the shop's Meta pixels the event went, and what became of it.",
  pixel: "Meta's number of the pixel.",
  settledAt: "When that was final (UTC).",
  receivedAt: "When Tandem received it (UTC).",
  topic: "Shopify's name for the kind of message.",
  problem: "Why it could not be read.",
  content: "The message as Shopify sent it.",
  contentWithheld: "Why the message itself is not in this file.",
  em: "The email address, as a hash.",
  ph: "The phone number, as a hash.",
  fn: "The first name, as a hash.",
  ln: "The last name, as a hash.",
  ge: "The gender, as a hash.",
  db: "The date of birth, as a hash.",
  ct: "The city, as a hash.",
  st: "The state or province, as a hash.",
  zp: "The postal code, as a hash.",
  country: "The country, as a hash.",
  external_id: "Shopify's customer ID, as a hash.",
  client_ip_address: "The IP address of the browser.",
  client_user_agent: "What the browser calls itself.",
  fbp: "Meta's cookie that tells browsers apart.",
  fbc: "Meta's cookie that remembers the click on an ad.",
  subscription_id: "The subscription's own ID.",
  ip: "The IP address of the browser.",
  userAgent: "What the browser calls itself.",
  url: "The page.",
  referrer: "The page before it.",
  event_source_url: "The page.",
  referrer_url: "The page before it.",
  user_data: "What Meta matches the event to a person by.",
  custom_data: "What was viewed or bought, and for how much.",
  action_source: "Where it happened, for example on the website.",
  marketing: "Whether the visitor, or the rule of their region, allowed marketing.",
  saleOfData: "Whether the visitor allowed the sale or sharing of their data.",
  at: "When, in milliseconds since 1970 (UTC).",
};

const HASHED: ReadonlySet<string> = new Set([
  ...["em", "ph", "fn", "ln", "ge", "db", "ct", "st", "zp", "country", "external_id"],
]);

/** The server leg with every hash labeled as one, so that nobody takes it for the text itself. */
export function withLabeledHashes(body: unknown): unknown {
  const fields = fieldsOf(body);
  const person = fields?.["user_data"];
  return fields === null || fieldsOf(person) === null ? body : { ...fields, user_data: labeledPerson(person) };
}

/** The same for match keys alone. */
export function labeledPerson(person: unknown): unknown {
  const labeled = Object.entries(fieldsOf(person) ?? {}).map(([name, value]) => [
    name,
    HASHED.has(name) ? hashes(value) : value,
  ]);
  return Object.fromEntries(labeled) as unknown;
}

const hashes = (value: unknown): unknown =>
  Array.isArray(value) ? value.map((hash: unknown) => ({ sha256: hash })) : { sha256: value };

/** The explanations of the names that are in the file. */
export function explained(file: object): Readonly<Record<string, string>> {
  const names = new Set<string>();
  collectNames(file, names);
  return Object.fromEntries(Object.entries(FIELDS_IN_WORDS).filter(([name]) => names.has(name)));
}

function collectNames(value: unknown, names: Set<string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inner] of Object.entries(value)) {
    if (!Array.isArray(value)) names.add(name);
    collectNames(inner, names);
  }
}
