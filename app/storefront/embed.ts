import type { ConsentSignal } from "../event-contract/consent-signal.ts";
import { type CookieJar, keepBrowserIds } from "../browser-legs/keep-browser-ids.ts";
import type { BrowserIds } from "../event-contract/meta-cookies.ts";
import { parsePublishedSettings, type PublishedSettings } from "../event-contract/published-settings.ts";
import { type AssetUrls, type ReportAsset, type Reporting, SENT_FORM } from "./assets.ts";
import { rememberOnCart } from "./cart-attributes.ts";
import { hasExtraWork } from "./extra-work.ts";
import { jsonOf, quietly } from "./page.ts";
import { sentForm } from "./sent-form.ts";
import { watchConsent } from "./watch-consent.ts";
import { watchPage } from "./watch-page.ts";

// The theme embed's first file: keeps Meta's cookies and the cart's word about consent, and loads what reports the page
// once the visitor agreed. It never throws into the shop.

const jar: CookieJar = {
  get: (name) => Promise.resolve(new RegExp(`(?:^|; )${name}=([^;]*)`).exec(document.cookie)?.[1]),
  set: (cookie) => Promise.resolve((document.cookie = cookie)),
};

const idsOfBrowser = (): Promise<BrowserIds> =>
  keepBrowserIds(jar, { host: location.hostname, url: location.href, now: Date.now(), random: Math.random() });

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

function start(settings: PublishedSettings, assets: AssetUrls): void {
  let latest: ConsentSignal | null = null;
  let reporting: Reporting | null = null;
  let known: BrowserIds | null = null;
  // What a visitor who agreed did while the second file was on its way.
  const waiting: ((reporting: Reporting) => void)[] = [];
  const reports = settings.storefrontMode !== "pixel";

  const load = async (): Promise<void> => {
    if (reporting || !assets.report) return;
    // Our own file, built beside this one.
    const { startReporting } = (await import(assets.report)) as ReportAsset;
    reporting ??= startReporting({ settings, assets });
  };

  const allowed = async (signal: ConsentSignal): Promise<void> => {
    const ids = await idsOfBrowser();
    // The visitor may have answered again in the meantime, and once more while the file comes.
    if (signal !== latest) return;
    known = ids;
    quietly(() => rememberOnCart(signal, ids));
    if (reports || hasExtraWork()) await load();
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
    quietly(() => rememberOnCart(signal, { fbp: null, fbc: null }));
  });

  if (reports) {
    watchPage((tell) => {
      lookAgain();
      if (reporting) tell(reporting);
      else if (latest?.marketing) waiting.push(tell);
    });
  }

  watchForms(
    settings,
    () => {
      lookAgain();
      return latest?.marketing ? latest : null;
    },
    allowed,
  );
}

try {
  const settings = parsePublishedSettings(jsonOf("tandem-settings"));
  // Read now: once a script has run, the page does not name it any more.
  if (settings) start(settings, { ...document.currentScript?.dataset });
} catch {
  // A browser without what we need: the server legs do not depend on it.
}
