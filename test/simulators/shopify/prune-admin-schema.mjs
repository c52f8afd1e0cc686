// Writes admin-2026-10.graphql: the part of Shopify's own Admin schema that Tandem's operations can reach.
// Shopify ships the whole schema (about 2,900 types) in the npm package @shopify/dev-mcp. To renew it, in any folder:
//   npm pack @shopify/dev-mcp && tar xzf shopify-dev-mcp-*.tgz
//   node test/simulators/shopify/prune-admin-schema.mjs package/dist/data/admin_2026-10.json.gz
// Types and fields are taken as they are or left out; none is changed. An operation that needs more adds a name below.
import { readFileSync, writeFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { buildClientSchema, lexicographicSortSchema, printSchema } from "graphql";

const ROOT_FIELDS = new Set([
  "shop",
  "currentAppInstallation",
  "webPixel",
  "order",
  "orders",
  "nodes",
  "consentPolicy",
  "consentPolicyRegions",
  "flowTriggerReceive",
  "metafieldsSet",
  "webPixelCreate",
  "webPixelUpdate",
  "webPixelDelete",
  "webhookSubscriptions",
  "webhookSubscriptionCreate",
  "webhookSubscriptionUpdate",
  "webhookSubscriptionDelete",
]);

// Objects that stay, with every scalar and enum field and every field whose own type stays. Fields in KEEP_ONLY are
// the exception: a type there keeps only the named ones.
const OBJECTS = new Set(
  `QueryRoot Mutation Shop ShopPlan ShopAddress Domain AppInstallation AccessScope Metafield MetafieldsSetPayload
   MetafieldsSetUserError WebPixel WebPixelCreatePayload WebPixelUpdatePayload WebPixelDeletePayload
   ErrorsWebPixelUserError ConsentPolicy ConsentPolicyRegion Order OrderConnection OrderEdge PageInfo LineItem
   LineItemConnection LineItemEdge MoneyBag MoneyV2 Customer MailingAddress Attribute TaxLine ShippingLine
   DiscountAllocation Product ProductVariant ShippingLineConnection ShippingLineEdge CustomerJourneySummary
   CustomerVisit LineItemSellingPlan InventoryItem Refund RefundLineItem RefundLineItemConnection RefundLineItemEdge
   OrderTransaction OrderTransactionConnection OrderTransactionEdge PurchasingEntity PurchasingCompany Company
   Fulfillment FulfillmentTrackingInfo FlowTriggerReceivePayload UserError
   WebhookSubscription WebhookSubscriptionConnection WebhookSubscriptionMetafieldIdentifier
   WebhookSubscriptionCreatePayload WebhookSubscriptionUpdatePayload WebhookSubscriptionDeletePayload`.split(/\s+/),
);
const KEEP_ONLY = {
  Product: ["id", "legacyResourceId", "title"],
  ProductVariant: ["id", "legacyResourceId", "title", "sku", "product", "inventoryItem"],
  InventoryItem: ["id", "unitCost"],
  Refund: ["id", "createdAt", "processedAt", "totalRefundedSet", "transactions", "refundLineItems"],
  RefundLineItem: ["id", "quantity", "lineItem"],
  OrderTransaction: ["id", "kind", "status", "amountSet", "processedAt"],
  PurchasingCompany: ["company"],
  Company: ["id", "name"],
  DiscountAllocation: ["allocatedAmountSet"],
  Fulfillment: ["id", "status", "displayStatus", "createdAt", "updatedAt", "deliveredAt", "trackingInfo"],
  AccessScope: ["handle", "description"],
  CustomerJourneySummary: ["ready", "lastVisit"],
  CustomerVisit: ["id", "landingPage", "referrerUrl"],
  LineItemSellingPlan: ["name"],
  WebhookSubscription: ["id", "topic", "uri", "filter", "includeFields", "metafields", "createdAt", "updatedAt"],
};

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error("give the path of admin_2026-10.json.gz from @shopify/dev-mcp");
const introspection = JSON.parse(gunzipSync(readFileSync(source)).toString("utf8")).data;
const types = new Map(introspection.__schema.types.map((type) => [type.name, type]));
const named = (type) => (type.ofType ? named(type.ofType) : type.name);
const kind = (type) => types.get(named(type)).kind;

const staysField = (owner, field) => {
  if (owner === "QueryRoot" || owner === "Mutation") return ROOT_FIELDS.has(field.name);
  if (KEEP_ONLY[owner]) return KEEP_ONLY[owner].includes(field.name);
  return ["SCALAR", "ENUM"].includes(kind(field.type)) || OBJECTS.has(named(field.type));
};

const reached = new Set(["Node"]);
const reach = (name) => {
  if (reached.has(name)) return;
  reached.add(name);
  for (const field of types.get(name).inputFields ?? []) reach(named(field.type));
};
for (const name of OBJECTS) {
  const type = types.get(name);
  if (!type) throw new Error(`${name} is not in this version of the schema`);
  reached.add(name);
  if (type.kind === "UNION") continue;
  type.fields = type.fields.filter((field) => staysField(name, field));
  type.interfaces = type.interfaces.filter((implemented) => implemented.name === "Node");
  reached.add(name);
  for (const field of type.fields) {
    reach(named(field.type));
    for (const argument of field.args) reach(named(argument.type));
  }
}
types.get("Node").possibleTypes = types.get("Node").possibleTypes.filter((type) => OBJECTS.has(type.name));
introspection.__schema.types = introspection.__schema.types.filter(
  (type) => reached.has(type.name) || type.name.startsWith("__") || ["String", "Boolean", "Int"].includes(type.name),
);
introspection.__schema.subscriptionType = null;
const withoutDescriptions = JSON.parse(
  JSON.stringify(introspection, (key, value) => (key === "description" ? null : value)),
);
const sdl = printSchema(lexicographicSortSchema(buildClientSchema(withoutDescriptions)));
const header = "# Shopify Admin GraphQL API 2026-10, pruned by prune-admin-schema.mjs. Do not edit by hand.\n\n";
writeFileSync(new URL("admin-2026-10.graphql", import.meta.url), `${header}${sdl}\n`);
