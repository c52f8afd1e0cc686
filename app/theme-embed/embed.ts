import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { type CookieJar, keepBrowserIds } from "../browser/keep-browser-ids.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { parsePublishedSettings, type PublishedSettings } from "../event-contract/published-settings.ts";
import { type AssetUrls, type ReportAsset, type Reporting, SENT_FORM } from "./bundles.ts";
import { rememberOnCart } from "./cart-attributes.ts";
import { hasExtraWork } from "./extra-work.ts";
import { cookieNamed, jsonOf, quietly } from "./page.ts";
import { sentForm } from "./sent-form.ts";
import { watchCart } from "./watch-cart.ts";
import { watchConsent } from "./watch-consent.ts";
import { watchPage } from "./watch-page.ts";

// The theme embed's first file: keeps Meta's cookies and the cart's word about consent, and loads what reports the page
// once the visitor agreed. It never throws into the shop.

const NOBODY: BrowserIds = { fbp: null, fbc: null };

/** The page's cookies, read again only after something was written. */
function cookieJar(): CookieJar {
  let text: string | undefined;
  return {
    get: (name) => Promise.resolve(cookieNamed(name, (text ??= document.cookie))),
    set: (cookie) => {
      text = undefined;
      return Promise.resolve((document.cookie = cookie));
    },
  };
}

const idsOfBrowser = (): Promise<BrowserIds> =>
  keepBrowserIds(cookieJar(), { host: location.hostname, url: location.href, now: Date.now(), random: Math.random() });

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
  let known: BrowserIds | null = null;
  // What a visitor who agreed did while the second file was on its way.
  const waiting: ((reporting: Reporting) => void)[] = [];
  const reports = settings.storefrontMode !== "pixel";

  /** After the answer is known, and after the shopper's own addition has made a cart. */
  const remember = (isMade: boolean): void => {
    const signal = latest;
    if (signal) quietly(() => rememberOnCart(signal, (signal.marketing && known) || NOBODY, isMade));
  };

  const allowed = async (signal: ConsentSignal): Promise<void> => {
    const ids = await idsOfBrowser();
    // The visitor may have answered again in the meantime, and once more while the file comes.
    if (signal !== latest) return;
    known = ids;
    remember(false);
    if (reports || hasExtraWork()) reporting = await (loading ??= loadReport(settings, assets));
    if (signal !== latest || !reporting) return;
    reporting.setVisitor({ signal, ids });
    for (const tell of waiting.splice(0)) tell(reporting);
  };

  const lookAgain = watchConsent((signal) => {
    latest = signal;
    if (signal.marketing) {
      // At once, for the event that is about to be reported.
      if (known) reporting?.setVisitor({ signal, ids: known });
      return quietly(() => allowed(signal));
    }
    reporting?.setVisitor(null);
    waiting.length = 0;
    quietly(() => sessionStorage.removeItem(SENT_FORM));
    remember(false);
  });

  const allowing = (): ConsentSignal | null => {
    lookAgain();
    return latest?.marketing ? latest : null;
  };
  const report = (tell: (reporting: Reporting) => void): void => {
    if (!allowing()) return;
    if (reporting) tell(reporting);
    else waiting.push(tell);
  };
  watchCart((addition) => {
    lookAgain();
    remember(true);
    if (reports) report((to) => to.added(addition));
  });
  if (reports) watchPage(report);

  watchForms(settings, allowing, allowed);
}

try {
  const settings = parsePublishedSettings(jsonOf("tandem-settings"));
  // Read now: once a script has run, the page does not name it any more.
  if (settings) start(settings, { ...document.currentScript?.dataset });
} catch {
  // A browser without what we need: the server legs do not depend on it.
}
