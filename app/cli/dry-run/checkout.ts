import type { MetaEvent } from "../../event-contract/meta-event.ts";
import { parseEventsPost } from "../../event-contract/parse-collector-post.ts";
import { fieldsOf } from "../../event-contract/json.ts";
import type { CollectorPost } from "../../event-contract/wire.ts";
import { decideConsent } from "../../consent/decide-consent.ts";
import { parseLossless } from "../../shopify/webhooks/lossless-json.ts";
import { decisionFor } from "../../pipeline/decide-events.ts";
import type { BrowserRequest, EventDryRun, DryRunGiven } from "../../dry-run/dry-run-order.ts";
import { eventFromCollectorPost } from "../../normalize/event-from-collector.ts";
import { publishedSettingsOf } from "../../settings/published-settings-of.ts";
import { startPixel } from "../../../extensions/tandem-web-pixel/src/start-pixel.ts";

export type CheckoutDryRun = Omit<EventDryRun, "event"> & {
  /** The pixel's post to the app's collector: a Purchase's receipt, or another event's data for the server leg. */
  readonly collector: CollectorPost | null;
  readonly events: readonly EventDryRun[];
};

type Fields = Readonly<Record<string, unknown>>;
type CustomerEvent = {
  readonly name: string;
  readonly timestamp: string;
  readonly data: Fields;
  readonly context: Fields;
};

/**
 * A dry run of a customer event: runs the web pixel's own code in a sandbox that makes no real requests. A bare
 * checkout counts as `checkout_completed`. Its Purchase has no server leg here, because the order's webhook creates
 * that.
 */
export async function dryRunCheckout(text: string, given: DryRunGiven): Promise<CheckoutDryRun> {
  const event = customerEvent(text, given);
  if (!event) return refusal("not-a-checkout", "the file holds no customer event and no checkout as JSON objects");
  const { consent, region } = consentFor(event, given);
  if (consent.decision === "withhold") {
    const named = {
      event: event.name,
      state: "withheld",
      reason: `consent-${consent.rule}`,
      rule: consent.rule,
    } as const;
    return whole({ ...named, server: null, browser: null }, null);
  }
  const sent = await runPixel(event, { ...given, limited: consent.decision === "send-limited" });
  const [post] = sent.posts;
  if (!post) return refusal("unreadable-checkout", `${event.name}: nothing that the pixel reports can be read from it`);
  return whole({ ...dryRunOf(post, region, given), rule: consent.rule, browser: sent.hits[0] ?? null }, post);
}

const whole = (result: EventDryRun, collector: CollectorPost | null): CheckoutDryRun => {
  const { event: _name, ...rest } = result;
  return { ...rest, collector, events: [result] };
};

const refusal = (rule: string, reason: string): CheckoutDryRun => ({
  state: "refused",
  reason: `${rule}: ${reason}`,
  rule,
  server: null,
  browser: null,
  collector: null,
  events: [],
});

function dryRunOf(post: CollectorPost, region: string | null, given: DryRunGiven): EventDryRun {
  const named = { event: post.leg.as ?? post.name, server: null, browser: null };
  if (post.name !== "Purchase") return { ...named, ...serverLegOf(post, region, given) };
  return post.leg.sent ? { ...named, state: "send" } : { ...named, state: "withheld", reason: post.leg.because };
}

/** The server leg that the collector creates from the post. */
function serverLegOf(
  post: CollectorPost,
  region: string | null,
  { profile, browser }: DryRunGiven,
): Pick<EventDryRun, "state" | "reason"> & { readonly server: MetaEvent | null } {
  const at = new Date(post.sentAt);
  const request = { ip: browser?.ip ?? null, userAgent: post.userAgent, receivedAt: at };
  const event = eventFromCollectorPost(post, request, profile);
  const key = { eventName: post.name, eventId: event.body.event_id };
  const undecided = { ...event, ...key, region, receipt: null, createdAt: at };
  const decision = decisionFor(undecided, profile, { now: at, policy: null, optedOut: browser?.optedOut ?? false });
  return decision.kind === "send"
    ? { state: "send", server: decision.body }
    : { state: decision.ending ?? "withheld", reason: decision.reason, server: null };
}

/** The browser's own answer; if the file has none, the rule of the checkout's country. */
function consentFor({ data, timestamp }: CustomerEvent, { browser, profile }: DryRunGiven) {
  const region = countryOf(fieldsOf(data["checkout"]) ?? {});
  const signal = browser?.spoke ? browser.signal : null;
  const { noAnswer = "as-policy" } = profile.settings;
  const moment = { policy: null, noAnswer, optedOut: browser?.optedOut ?? false, now: new Date(timestamp) };
  return { region, consent: decideConsent({ signal, region, origin: "collector", ...moment }) };
}

function countryOf(checkout: Fields): string | null {
  const shown = fieldsOf(fieldsOf(checkout["localization"])?.["country"])?.["isoCode"];
  const addresses = [fieldsOf(checkout["shippingAddress"]), fieldsOf(checkout["billingAddress"])];
  const codes = [...addresses.map((address) => address?.["countryCode"]), shown];
  const code = codes.find((country): country is string => typeof country === "string" && /^[A-Za-z]{2}$/.test(country));
  return code?.toUpperCase() ?? null;
}

/** Runs the web pixel on one event; returns the requests that it would make. */
async function runPixel(
  event: CustomerEvent,
  { profile, browser, limited }: DryRunGiven & { readonly limited: boolean },
): Promise<{ readonly hits: readonly BrowserRequest[]; readonly posts: readonly CollectorPost[] }> {
  const settings = publishedSettingsOf(profile, "https://tandem.invalid");
  const requests: { readonly url: string; readonly body: string }[] = [];
  const listeners: (() => void)[] = [];
  const customerPrivacy = { marketingAllowed: true, saleOfDataAllowed: !limited };
  const cookies = new Map([
    ["_fbp", browser?.fbp],
    ["_fbc", browser?.fbc],
  ]);
  startPixel(
    {
      settings: { config: JSON.stringify({ ...settings, storefrontMode: "pixel" }) },
      init: { context: event.context, customerPrivacy },
      browser: {
        cookie: {
          get: (name) => Promise.resolve(cookies.get(name) ?? ""),
          set: () => Promise.resolve(""),
        },
        localStorage: { getItem: () => Promise.resolve(null), setItem: () => Promise.resolve() },
      },
      analytics: {
        subscribe: (name, callback) => name === event.name && listeners.push(() => callback(event)),
      },
      customerPrivacy: { subscribe: () => undefined },
    },
    {
      fetch: (url, { body }) => Promise.resolve(requests.push({ url, body: body ?? "" })),
      randomId: () => "00000000-0000-4000-8000-000000000000",
      random: () => 0.5,
      now: () => Date.parse(event.timestamp),
      after: () => undefined,
    },
  );
  for (const listener of listeners) listener();
  // The cookies are read by promises, all of which settle by the next turn of the loop.
  await new Promise((resolve) => setImmediate(resolve));
  const isHit = ({ url }: { readonly url: string }): boolean => url.startsWith("https://www.facebook.com/tr/");
  return {
    hits: requests.filter(isHit).map(({ url, body }) => parametersOf(body === "" ? url.slice(url.indexOf("?")) : body)),
    posts: requests.filter((request) => !isHit(request)).flatMap(({ body }) => postIn(body)),
  };
}

const parametersOf = (query: string): BrowserRequest => Object.fromEntries(new URLSearchParams(query));

function postIn(body: string): readonly CollectorPost[] {
  return parseEventsPost(body).flatMap((parsed) => (parsed.ok ? [parsed.post] : []));
}

/** The event in the file: a customer event, `{"checkout"}`, or the checkout alone. */
function customerEvent(text: string, given: DryRunGiven): CustomerEvent | null {
  const fields = jsonFields(text);
  if (!fields) return null;
  const { name } = fields;
  const data = fieldsOf(fields["data"]);
  return {
    name: typeof name === "string" && data ? name : "checkout_completed",
    timestamp: (timeOf(fields["timestamp"]) ?? given.now ?? new Date()).toISOString(),
    data: data ?? withCheckout(fields),
    context: fieldsOf(fields["context"]) ?? pageOf(given),
  };
}

const withCheckout = (fields: Fields): Fields => (fieldsOf(fields["checkout"]) ? fields : { checkout: fields });

function timeOf(text: unknown): Date | null {
  const ms = typeof text === "string" ? Date.parse(text) : Number.NaN;
  return Number.isNaN(ms) ? null : new Date(ms);
}

function pageOf({ browser, profile }: DryRunGiven): Fields {
  const href = browser?.url ?? `https://${profile.shop}/checkouts`;
  return {
    document: { location: { href, hostname: new URL(href).hostname }, referrer: browser?.referrer ?? "" },
    navigator: { userAgent: browser?.userAgent ?? "" },
  };
}

function jsonFields(text: string): Fields | null {
  try {
    return fieldsOf(parseLossless(text));
  } catch {
    return null;
  }
}
