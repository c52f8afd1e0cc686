import type { AdminGraphql } from "../shopify/admin/admin-graphql.server.ts";
import type { ConsentPolicy } from "../consent/types.ts";
import type { OrderId, ShopDomain } from "../event-contract/event-id.ts";
import { FIND_ORDER, foundOrder, namedOrder, orderNamed } from "../shopify/admin/find-order.ts";
import type { Money } from "../event-contract/money.ts";
import { parseOrder } from "../shopify/orders/parse-order.ts";
import { problem } from "../settings/field-problem.ts";
import type { Problem } from "../wording/field-problem-words.ts";
import type { FieldProblem, ShopProfile } from "../settings/types.ts";
import { assumedBrowser, type AssumedBrowser } from "./assumptions.ts";
import { type OrderDryRun, type OrderValues, dryRunOrder, valuesOf } from "./dry-run-order.ts";
import { whyNotShown } from "../shopify/admin/why-not-shown.ts";
import { readWholeOrder, type WholeOrder } from "../shopify/admin/read-whole-order.ts";

/** The consent answer assumed for the shopper's browser; `none`: no browser reported the checkout. */
export const ASSUMED_ANSWERS = ["allowed", "limited", "declined", "none"] as const;
export type AssumedAnswer = (typeof ASSUMED_ANSWERS)[number];

/** All values are text, as in a form post. The order is pasted (`json`) or named (`number`). */
export type DryRunInput = {
  readonly from: string;
  readonly json: string;
  readonly number: string;
  readonly answer: string;
};

export type DryRun =
  | { readonly kind: "done"; readonly result: OrderDryRun }
  | { readonly kind: "invalid"; readonly problems: readonly FieldProblem[] };

export type DryRunDeps = {
  readonly profile: (shop: ShopDomain) => Promise<ShopProfile>;
  readonly consentPolicy: (shop: ShopDomain) => Promise<ConsentPolicy | null>;
  /** Null if the shop has not granted access. */
  readonly admin: (shop: ShopDomain) => Promise<AdminGraphql | null>;
  /** The unit costs that were already read from Shopify. */
  readonly knownCosts: (shop: ShopDomain, variantIds: readonly string[]) => Promise<ReadonlyMap<string, Money>>;
  readonly now: () => Date;
};

/**
 * Decides an order under the shop's current settings, pixels and privacy settings, as if it happened now. Nothing is
 * stored or sent. Requests the order from Shopify if only its number is given.
 */
export async function dryRun(shop: ShopDomain, input: DryRunInput, deps: DryRunDeps): Promise<DryRun> {
  const order = input.from === "shop" ? await orderOfShop(shop, input.number, deps) : pastedOrder(input.json);
  if (order.kind === "invalid") return order;
  const [profile, policy, costs] = await Promise.all([
    deps.profile(shop),
    deps.consentPolicy(shop),
    deps.knownCosts(shop, variantsIn(order.body)),
  ]);
  const browser = browserThat(input.answer, shop, deps.now());
  const result = dryRunOrder(order.body, { profile, policy, costs, browser, now: null });
  const isRead = result.events.length > 0;
  return isRead ? { kind: "done", result } : invalid(fieldOf(input), unreadable(result));
}

function variantsIn(body: string): readonly string[] {
  const order = parseOrder(body);
  return order.ok ? order.value.lines.flatMap(({ variantId }) => variantId ?? []) : [];
}

type Given = { readonly kind: "given"; readonly body: string } | Extract<DryRun, { kind: "invalid" }>;

const fieldOf = ({ from }: DryRunInput): keyof DryRunInput => (from === "shop" ? "number" : "json");

const invalid = (field: keyof DryRunInput, message: Problem): Extract<DryRun, { kind: "invalid" }> => ({
  kind: "invalid",
  problems: [{ field, message }],
});

const LONGEST = 1_000_000;

function pastedOrder(json: string): Given {
  if (json.trim() === "") return invalid("json", problem("order.json.missing"));
  if (json.length > LONGEST) return invalid("json", problem("order.json.too-long", { most: LONGEST }));
  return { kind: "given", body: json };
}

// The reason names the field and the expected form, never the value.
function unreadable({ rule, reason = "" }: OrderDryRun): Problem {
  const [, field = ""] = /^[\w-]+: ([^:\s]+):/.exec(reason) ?? [];
  if (rule === "not-json") return problem("order.json.not-json");
  return field === "" ? problem("order.json.no-order") : problem("order.json.not-an-order", { field });
}

async function orderOfShop(shop: ShopDomain, number: string, deps: DryRunDeps): Promise<Given> {
  const named = namedOrder(number);
  if (named === null) return invalid("number", problem("order.number.missing"));
  const admin = await deps.admin(shop);
  if (admin === null) return invalid("number", problem("order.no-access"));
  let gid = named.kind === "id" ? named.gid : null;
  if (named.kind === "name") {
    const answer = await admin(FIND_ORDER, { search: orderNamed(named.name) });
    if (answer.kind !== "answered") return invalid("number", whyNotShown(answer));
    gid = foundOrder(answer.data, named.name);
  }
  return gid === null ? invalid("number", problem("order.number.unknown")) : givenBy(await readWholeOrder(gid, admin));
}

function givenBy(order: WholeOrder): Given {
  switch (order.kind) {
    case "read":
      return { kind: "given", body: order.body };
    case "gone":
      return invalid("number", problem("order.number.unknown"));
    case "stopped":
      return invalid("number", whyNotShown(order.answer));
  }
}

const SIGNALS = {
  allowed: { marketing: true, saleOfData: true },
  limited: { marketing: true, saleOfData: false },
  declined: { marketing: false, saleOfData: false },
} as const satisfies Record<Exclude<AssumedAnswer, "none">, object>;

function browserThat(answer: string, shop: ShopDomain, at: Date): AssumedBrowser | null {
  const known = ASSUMED_ANSWERS.find((assumed) => assumed === answer) ?? "none";
  if (known === "none") return null;
  const browser = assumedBrowser(JSON.stringify({ consent: SIGNALS[known] }), shop, at);
  if (!browser.ok) throw new Error("the dry run cannot read its own assumptions");
  return browser.value;
}

export type LatestOrder = { readonly orderId: OrderId; readonly orderName: string | null };

/** The values of the shop's latest order by each basis; null if there is none, or Shopify denies access. */
export async function latestOrderValues(
  shop: ShopDomain,
  deps: Pick<DryRunDeps, "admin" | "profile"> & {
    readonly latestOrder: (shop: ShopDomain) => Promise<LatestOrder | null>;
  },
): Promise<(LatestOrder & { readonly values: OrderValues }) | null> {
  const latest = await deps.latestOrder(shop);
  const admin = latest && (await deps.admin(shop));
  if (!latest || !admin) return null;
  const whole = await readWholeOrder(`gid://shopify/Order/${latest.orderId}`, admin);
  const order = whole.kind === "read" ? parseOrder(whole.body) : null;
  return order?.ok ? { ...latest, values: valuesOf(order.value, (await deps.profile(shop)).settings) } : null;
}
