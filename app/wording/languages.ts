export const LANGUAGES = ["en", "de", "cs"] as const;
export type Language = (typeof LANGUAGES)[number];

const DEFAULT: Language = "en";
// Scripts written from right to left (Unicode CLDR 48, scriptMetadata, as far as a living language uses them).
const RIGHT_TO_LEFT = new Set(["Adlm", "Arab", "Aran", "Hebr", "Mand", "Nkoo", "Rohg", "Samr", "Syrc", "Thaa", "Yezi"]);

/** The language and the region by which a reader's texts, money and dates are written. */
export type Reader = { readonly language: Language; readonly locale: string };

/** The first of the wished locales whose language Tandem has; English if it has none of them. */
export function readerOf(wishes: readonly (string | null | undefined)[]): Reader {
  for (const wish of wishes) {
    const locale = localeOf(wish ?? "");
    const language = LANGUAGES.find((name) => name === locale?.language);
    // Money and dates follow the texts: an English sentence with a French date in it helps nobody.
    if (locale && language) return { language, locale: locale.baseName };
  }
  return { language: DEFAULT, locale: DEFAULT };
}

/** The locales of an Accept-Language header, the preferred ones first. */
export function acceptedLocales(header: string | null): readonly string[] {
  return (header ?? "")
    .split(",")
    .slice(0, 20)
    .map((part) => {
      const [locale = "", quality = ""] = part.split(";");
      return { locale: locale.trim(), quality: Number(/^\s*q=([\d.]+)\s*$/.exec(quality)?.[1] ?? 1) };
    })
    .filter(({ locale, quality }) => locale !== "" && quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ locale }) => locale);
}

export function directionOf(locale: string): "ltr" | "rtl" {
  const script = localeOf(locale)?.maximize().script;
  return script !== undefined && RIGHT_TO_LEFT.has(script) ? "rtl" : "ltr";
}

/** Null for text that names no locale; a stranger can write anything into an address. */
function localeOf(text: string): Intl.Locale | null {
  try {
    return new Intl.Locale(text.replaceAll("_", "-"));
  } catch {
    return null;
  }
}
