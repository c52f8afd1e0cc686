import type { CustomerPrivacy, Region } from "./setup.ts";

// The stand-in for Shopify's consent-tracking-api, written from its documentation (customer-privacy, 2026-11).

type Answer = "yes" | "no" | "";
type VisitorConsent = {
  readonly analytics: Answer;
  readonly marketing: Answer;
  readonly preferences: Answer;
  readonly sale_of_data: Answer;
};
type ConsentChange = Partial<Record<keyof VisitorConsent, boolean>>;

const COOKIE = "_tracking_consent";
const UNANSWERED: VisitorConsent = { analytics: "", marketing: "", preferences: "", sale_of_data: "" };

function readConsent(): VisitorConsent {
  const cookie = document.cookie.split("; ").find((pair) => pair.startsWith(`${COOKIE}=`));
  if (cookie === undefined) return UNANSWERED;
  // Written by writeConsent only.
  return { ...UNANSWERED, ...(JSON.parse(decodeURIComponent(cookie.slice(COOKIE.length + 1))) as object) };
}

function writeConsent(consent: VisitorConsent): void {
  document.cookie = `${COOKIE}=${encodeURIComponent(JSON.stringify(consent))}; path=/; max-age=31536000; secure; samesite=lax`;
}

function answer(value: boolean | undefined, before: Answer): Answer {
  if (value === undefined) return before;
  return value ? "yes" : "no";
}

// Global Privacy Control is not in TypeScript's Navigator.
const signalsOptOut = (): boolean => "globalPrivacyControl" in navigator && navigator.globalPrivacyControl === true;

export type ConsentBook = ReturnType<typeof createConsentBook>;

/** The visitor's consent, combined with what the shop's policy asks for in the visitor's region. */
export function createConsentBook(region: Region) {
  const allowed = (purpose: "analytics" | "marketing" | "preferences"): boolean => {
    const given = readConsent()[purpose];
    return region.consentRequired ? given === "yes" : given !== "no";
  };
  const saleOfDataAllowed = (): boolean =>
    readConsent().sale_of_data !== "no" && !(region.saleOptOut && signalsOptOut());
  const current = (): CustomerPrivacy => ({
    analyticsProcessingAllowed: allowed("analytics"),
    marketingAllowed: allowed("marketing"),
    preferencesProcessingAllowed: allowed("preferences"),
    saleOfDataAllowed: saleOfDataAllowed(),
  });

  const announce = (): void => {
    const detail = {
      analyticsAllowed: allowed("analytics"),
      marketingAllowed: allowed("marketing"),
      preferencesAllowed: allowed("preferences"),
      saleOfDataAllowed: saleOfDataAllowed(),
      firstPartyMarketingAllowed: allowed("marketing"),
      thirdPartyMarketingAllowed: allowed("marketing"),
    };
    document.dispatchEvent(new CustomEvent("visitorConsentCollected", { detail }));
  };

  const setTrackingConsent = (change: ConsentChange, done?: (problem?: { error: string }) => void): void => {
    const before = readConsent();
    writeConsent({
      analytics: answer(change.analytics, before.analytics),
      marketing: answer(change.marketing, before.marketing),
      preferences: answer(change.preferences, before.preferences),
      sale_of_data: answer(change.sale_of_data, before.sale_of_data),
    });
    // Shopify calls its server first, so nothing has changed when the call returns.
    setTimeout(() => {
      announce();
      done?.();
    });
  };

  const hasAnswered = (): boolean => readConsent().marketing !== "";
  return { current, setTrackingConsent, shouldShowBanner: () => region.consentRequired && !hasAnswered(), readConsent };
}

/** `Shopify.customerPrivacy`, which exists only after a page asked for it with `Shopify.loadFeatures`. */
export const customerPrivacyApi = (book: ConsentBook, region: Region) => ({
  analyticsProcessingAllowed: () => book.current().analyticsProcessingAllowed,
  marketingAllowed: () => book.current().marketingAllowed,
  preferencesProcessingAllowed: () => book.current().preferencesProcessingAllowed,
  saleOfDataAllowed: () => book.current().saleOfDataAllowed,
  currentVisitorConsent: book.readConsent,
  shouldShowBanner: book.shouldShowBanner,
  saleOfDataRegion: () => region.saleOptOut,
  getRegion: () => region.country,
  setTrackingConsent: book.setTrackingConsent,
});
