import { parsePublishedSettings, type PublishedSettings } from "../../../app/event-contract/published-settings.ts";
import { sourceUrl } from "../../../app/event-contract/source-url.ts";
import { type BrowserLeg, type CollectorPost, collectorPostText } from "../../../app/event-contract/wire.ts";
import { createIdKeeper } from "./browser-ids.ts";
import { EVENTS, type EventRow, type Observed } from "./events.ts";
import { sendHit } from "./meta-hit.ts";
import type { CustomerEvent, PixelApi, Sandbox } from "./sandbox.ts";
import { watchConsent } from "./watch-consent.ts";

/**
 * Reports the visitor's actions to Meta (the browser leg) and to the app's collector (the server leg, or a Purchase's
 * receipt) under one id. Sends nothing without consent to marketing, nothing without settings, and never throws: the
 * pixel runs in other people's shops.
 */
export function startPixel(api: PixelApi, sandbox: Sandbox): void {
  const settings = parsePublishedSettings(api.settings["config"]);
  if (settings === null) return;
  const ids = createIdKeeper(api, sandbox);
  const consent = watchConsent(api, sandbox.now, ids.refresh);

  for (const row of EVENTS) {
    // One storefront event never comes from two places: what the theme embed reports is its own.
    if (row.embedReports && settings.storefrontMode === "embed") continue;
    api.analytics.subscribe(row.on, (event) => {
      quietly(() => {
        const signal = consent.current();
        const observed = signal.marketing ? row.observe(event.data, { settings, randomId: sandbox.randomId }) : null;
        if (observed === null) return;
        const post = postOf({ row, event, observed, settings, now: sandbox.now() });
        ids.withIds((known) => {
          report({ ...post, ...known, consent: signal, sentAt: sandbox.now() }, settings, sandbox.fetch);
          ids.refresh();
        });
      });
    });
  }
}

type Occurrence = {
  readonly row: EventRow;
  readonly event: CustomerEvent;
  readonly observed: Observed;
  readonly settings: PublishedSettings;
  readonly now: number;
};

/** Everything about the event that is known before the cookies are. */
function postOf({
  row,
  event,
  observed,
  settings,
  now,
}: Occurrence): Omit<CollectorPost, "fbp" | "fbc" | "consent" | "sentAt"> {
  return {
    name: row.name,
    ...observed,
    leg: settings.pixelIds.length === 0 ? NO_PIXEL : observed.leg,
    at: Date.parse(event.timestamp ?? "") || now,
    ...placeOf(event.context),
    settingsVersion: settings.version,
  };
}

const NO_PIXEL: BrowserLeg = { sent: false, because: "no-pixel" };

function placeOf(context: CustomerEvent["context"]): Pick<CollectorPost, "url" | "referrer" | "userAgent"> {
  const page = context?.document;
  return {
    url: sourceUrl(page?.location?.href),
    referrer: sourceUrl(page?.referrer),
    userAgent: context?.navigator?.userAgent ?? null,
  };
}

/** Both legs of one event: to every pixel unless the browser leg is left out, and to the collector always. */
function report(post: CollectorPost, settings: PublishedSettings, fetch: Sandbox["fetch"]): void {
  const { id } = post;
  if (post.leg.sent && id !== null) {
    for (const pixelId of settings.pixelIds) {
      quietly(() => sendHit({ ...post, id, pixelId, ids: post, limited: !post.consent.saleOfData }, fetch));
    }
  }
  quietly(() =>
    // A plain string with no-cors goes out as text/plain: no preflight, no cookies, and no answer to wait for.
    fetch(settings.collectUrl, {
      method: "POST",
      mode: "no-cors",
      keepalive: true,
      credentials: "omit",
      body: collectorPostText(post),
    }),
  );
}

/** Runs the step whatever it meets: a blocked request or an odd payload must not show in the shop's console. */
function quietly(step: () => unknown): void {
  try {
    void Promise.resolve(step()).catch(() => undefined);
  } catch {
    // Nothing to tell and nobody to tell it to; the server leg shows that this event's browser leg is missing.
  }
}
