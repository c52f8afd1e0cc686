import type { PostedSender, OtherSender, SendersPost } from "../event-contract/other-senders.ts";
import { LOOKED_ON, type ReportingContext } from "./bundles.ts";
import { today } from "./extra-work.ts";
import { quietly } from "../browser/quietly.ts";
import { storefront } from "./page.ts";

// Other senders may load late; a page that is left sooner is no good sample.
const LOOK_AFTER_MS = 5000;

/**
 * Checks once a day per browser who else sends to the shop's pixels from this page, and reports it to the app without
 * visitor data. Meta counts an event sent twice under two IDs twice, and does not report it.
 */
export function findOtherSenders({ settings, sentIds }: ReportingContext): void {
  if (localStorage.getItem(LOOKED_ON) === today()) return;
  setTimeout(() => {
    if (localStorage.getItem(LOOKED_ON) === today()) return;
    localStorage.setItem(LOOKED_ON, today());
    const senders = settings.pixels.flatMap(({ id }) => sendersTo(id, sentIds));
    if (senders.length === 0) return;
    const body = JSON.stringify({ senders } satisfies SendersPost);
    quietly(() =>
      fetch(settings.collectUrl, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit", body }),
    );
  }, LOOK_AFTER_MS);
}

function sendersTo(metaPixelId: string, ours: ReadonlySet<string>): readonly PostedSender[] {
  const named = NAMED.filter(([, form]) => inline(new RegExp(form.replace("PIXEL", metaPixelId)))).map(
    ([sender]) => sender,
  );
  const unnamed = named.length === 0 && hasForeignHit(metaPixelId, ours) ? [unnamedSender()] : [];
  const isCopied = storefront.fbq?.instance?.optIns?.isOptedIn?.(metaPixelId, "OpenBridge");
  const copier = isCopied ? (["conversions-api-gateway"] as const) : [];
  return [...named, ...unnamed, ...copier].map((sender) => ({ pixelId: metaPixelId, sender }));
}

/** Traces of a sender in the page's inline scripts. */
const NAMED: readonly (readonly [OtherSender, form: string])[] = [
  // The configuration of Meta's own app in Shopify's web pixels manager (observed in shops in 2026).
  ["facebook-channel", 'pixel_id[\\\\":\\s]+PIXEL[^}]*facebook_pixel'],
  ["theme-code", "fbq\\(\\s*[\"']init[\"']\\s*,\\s*[\"']?PIXEL"],
];
const inline = (form: RegExp): boolean => [...document.scripts].some(({ text }) => form.test(text));

const unnamedSender = (): OtherSender =>
  document.querySelector('script[src*="googletagmanager.com/gtm"]') ? "tag-manager" : "another-script";

/** Whether the page sent Meta an event for this pixel with an ID that is not ours, or without one. */
const hasForeignHit = (metaPixelId: string, ours: ReadonlySet<string>): boolean =>
  performance.getEntriesByType("resource").some(({ name }) => {
    if (!/^https:\/\/www\.facebook\.com\/tr\/?\?/.test(name)) return false;
    const hit = new URLSearchParams(name.slice(name.indexOf("?")));
    return hit.get("id") === metaPixelId && !ours.has(hit.get("eid") ?? "");
  });
