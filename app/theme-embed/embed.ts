import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { parsePublishedSettings, type PublishedSettings } from "../event-contract/published-settings.ts";
import { type AssetUrls, type ReportAsset, type Reporting, SENT_FORM } from "./bundles.ts";
import { createIdKeeper, NOBODY } from "./browser-ids.ts";
import { rememberOnCart } from "./cart-attributes.ts";
import { hasExtraWork } from "./extra-work.ts";
import { isPreview, jsonOf, quietly } from "./page.ts";
import { passSightings } from "./pass-sightings.ts";
import { sentForm } from "./sent-form.ts";
import { watchCart } from "./watch-cart.ts";
import { watchConsent } from "./watch-consent.ts";
import { watchPage } from "./watch-page.ts";

// The theme embed's first file: keeps Meta's cookies and the cart's word about consent, and loads what reports the page
// once the visitor agreed. It never throws into the shop.

// In pixel mode the web pixel makes the cookies. Where it has not by then, it does not run, and the order would lose them.
const OTHERS_TURN_MS = 3000;

/**
 * Notes which form is sent. Themes, and Shopify's own protection against bots, stop a form and send it by script, so what
 * happens to the event does not matter. Of Shopify's own forms the page that follows tells whether they were taken.
 */
function watchForms(
  settings: PublishedSettings,
  allowing: () => ConsentSignal | null,
  reportNow: (signal: ConsentSignal) => Promise<void>,
): void {
  const noted = ({ target }: Event): unknown => {
    const signal = allowing();
    const sent = signal && target instanceof HTMLFormElement ? sentForm(target, settings) : null;
    if (!signal || !sent) return;
    sessionStorage.setItem(SENT_FORM, `${sent.taken},${sent.as}`);
    return sent.taken ? undefined : reportNow(signal);
  };
  addEventListener("submit", (event) => quietly(() => noted(event)), true);
}

async function loadReport(settings: PublishedSettings, assets: AssetUrls): Promise<Reporting | null> {
  if (!assets.report) return null;
  // Our own file, built beside this one.
  const { startReporting } = (await import(assets.report)) as ReportAsset;
  return startReporting({ settings, assets });
}

function start(settings: PublishedSettings, assets: AssetUrls): void {
  let latest: ConsentSignal | null = null;
  let reporting: Reporting | null = null;
  let loading: Promise<Reporting | null> | null = null;
  const ids = createIdKeeper();
  // What a visitor who agreed did while the second file was on its way.
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
    // The visitor may have answered again in the meantime, and once more while the file comes.
    const isLatest = (): boolean => signal === latest;
    if (isLatest() && (reports || hasExtraWork())) reporting = await (loading ??= loadReport(settings, assets));
    if (!isLatest() || !reporting) return;
    reporting.setVisitor({ signal, ids: ids.current });
    for (const tell of waiting.splice(0)) tell(reporting);
  };

  const lookAgain = watchConsent((signal) => {
    latest = signal;
    if (signal.marketing) {
      pass.load();
      // At once, for the event that is about to be reported.
      if (ids.isKept()) reporting?.setVisitor({ signal, ids: ids.current });
      if (!reports) setTimeout(() => signal === latest && quietly(() => keepIds(true)), OTHERS_TURN_MS);
      return quietly(() => allowed(signal));
    }
    reporting?.setVisitor(null);
    waiting.length = 0;
    pass.withdraw();
    quietly(() => sessionStorage.removeItem(SENT_FORM));
    remember(false);
  });

  function allowing(): ConsentSignal | null {
    lookAgain();
    return latest?.marketing ? latest : null;
  }
  function report(tell: (reporting: Reporting) => void): void {
    if (!allowing()) return;
    if (reporting) tell(reporting);
    else waiting.push(tell);
  }
  watchCart(pass.see);
  if (reports) watchPage(report);

  watchForms(settings, allowing, allowed);
}

try {
  const settings = parsePublishedSettings(jsonOf("tandem-settings"));
  // Read now: once a script has run, the page does not name it any more.
  if (settings && !isPreview()) start(settings, { ...document.currentScript?.dataset });
} catch {
  // A browser without what we need: the server legs do not depend on it.
}
