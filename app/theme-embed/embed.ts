import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { parsePublishedSettings, type PublishedSettings } from "../event-contract/published-settings.ts";
import { type AssetUrls, CAMPAIGN, type ReportAsset, type Reporting, SENT_FORM } from "./bundles.ts";
import { createIdKeeper, NOBODY } from "./browser-ids.ts";
import { rememberOnCart } from "./cart-attributes.ts";
import { hasExtraWork } from "./extra-work.ts";
import { quietly } from "../browser/quietly.ts";
import { isPreview, jsonOf } from "./page.ts";
import { passSightings } from "./pass-sightings.ts";
import { sentForm } from "./sent-form.ts";
import { typedIn } from "./typed-in-form.ts";
import { watchCart } from "./watch-cart.ts";
import { watchConsent } from "./watch-consent.ts";
import { watchPage } from "./watch-page.ts";

// The theme embed's first file: keeps Meta's cookies and the cart's consent attributes, and loads the reporting file
// after the visitor consents. It never throws into the shop.
//
// In pixel mode the web pixel creates the cookies. If it has not by then, it is not running, and the embed creates
// them.
const OTHERS_TURN_MS = 3000;

/**
 * Records which form is submitted. Themes, and Shopify's own bot protection, cancel the event and submit by script, so
 * a canceled event counts too. For Shopify's own forms, the next page shows whether the shop accepted them.
 */
function watchForms(
  settings: PublishedSettings,
  allowing: () => ConsentSignal | null | undefined,
  reportNow: (signal: ConsentSignal) => Promise<void>,
): void {
  const noted = async ({ target }: Event): Promise<unknown> => {
    const signal = allowing();
    const sent = signal && target instanceof HTMLFormElement ? sentForm(target, settings) : null;
    if (!signal || !sent) return;
    const note = `${sent.taken},${sent.as}`;
    // At once, because the page may end before the hashes are made.
    sessionStorage.setItem(SENT_FORM, note);
    const typed = await typedIn(target as HTMLFormElement).catch(() => "");
    if (sessionStorage.getItem(SENT_FORM)) sessionStorage.setItem(SENT_FORM, `${note},${typed}`);
    return sent.taken ? undefined : reportNow(signal);
  };
  addEventListener("submit", (event) => quietly(() => noted(event)), true);
}

/** Keeps the campaign of the page on which the visit began, for a form on a later one. */
function keepCampaign(): void {
  const campaign = location.search.match(/\b(?:utm_\w+|fbclid)=[^&]+/g);
  if (campaign) sessionStorage.setItem(CAMPAIGN, campaign.join("&"));
}

async function loadReport(settings: PublishedSettings, assets: AssetUrls): Promise<Reporting> {
  // Our own file, built beside this one.
  const { startReporting } = (await import(assets.report)) as ReportAsset;
  return startReporting({ settings, assets });
}

function start(settings: PublishedSettings, assets: AssetUrls): void {
  let latest: ConsentSignal | undefined;
  let reporting: Reporting | null = null;
  let loading: Promise<Reporting> | null = null;
  const ids = createIdKeeper();
  // What the visitor did before consent was known and the second file had loaded.
  const waiting: ((reporting: Reporting) => void)[] = [];
  const reports = settings.storefrontMode !== "pixel";

  const remember = (isMade: boolean): void => {
    const signal = latest;
    if (signal) quietly(() => rememberOnCart(signal, signal.marketing ? ids.current() : NOBODY, isMade));
  };
  const keepIds = (makes: boolean): Promise<void> => ids.keep(makes).then(() => remember(false));
  const pass = passSightings({ url: reports ? assets.cart : undefined, allowing, report, remember });

  const allowed = async (signal: ConsentSignal): Promise<void> => {
    await keepIds(reports);
    // The visitor may have answered again meanwhile, and may do so while the file loads.
    if (signal === latest && (reports || hasExtraWork())) reporting = await (loading ??= loadReport(settings, assets));
    if (signal !== latest || !reporting) return;
    reporting.setVisitor({ signal, ids: ids.current });
    for (const use of waiting.splice(0)) use(reporting);
  };

  const lookAgain = watchConsent((signal, isFirstAnswer) => {
    latest = signal;
    // What was done before the answer was done without consent.
    if (isFirstAnswer || !signal.marketing) {
      waiting.length = 0;
      pass.withdraw();
    }
    if (signal.marketing) {
      quietly(keepCampaign);
      pass.load();
      // Without a delay, for the event that is about to be reported.
      reporting?.setVisitor({ signal, ids: ids.current });
      if (!reports) setTimeout(() => signal === latest && quietly(() => keepIds(true)), OTHERS_TURN_MS);
      return quietly(() => allowed(signal));
    }
    reporting?.setVisitor(null);
    quietly(() => [SENT_FORM, CAMPAIGN].forEach((key) => sessionStorage.removeItem(key)));
    remember(false);
  });

  function allowing(): ConsentSignal | null | undefined {
    lookAgain();
    return latest?.marketing === false ? null : latest;
  }
  function report(use: (reporting: Reporting) => void): void {
    if (allowing() === null) return;
    if (reporting) use(reporting);
    else waiting.push(use);
  }
  watchCart(pass.see);
  if (reports) watchPage(report);

  watchForms(settings, allowing, allowed);
}

try {
  const settings = parsePublishedSettings(jsonOf("tandem-settings"));
  // Read now: after the script has run, `currentScript` no longer refers to it. A script that moved ours has left none,
  // and then `import` rejects.
  const assets = { ...document.currentScript?.dataset };
  if (settings && !isPreview()) start(settings, assets as AssetUrls);
} catch {
  // The browser lacks a required feature. Server legs do not depend on it.
}
