// Shopify sends codes; forms, address books and imported customers contain names. English, because the storefront's
// default address forms and most imports use it.
const NAMED_OTHERWISE: ReadonlyMap<string, string> = new Map([
  ["usa", "us"],
  ["unitedstatesofamerica", "us"],
  ["america", "us"],
  ["greatbritain", "gb"],
  ["england", "gb"],
  ["scotland", "gb"],
  ["wales", "gb"],
  ["northernireland", "gb"],
  ["czechrepublic", "cz"],
  ["holland", "nl"],
  ["thenetherlands", "nl"],
  ["turkey", "tr"],
  ["ivorycoast", "ci"],
  ["macedonia", "mk"],
  ["swaziland", "sz"],
  ["burma", "mm"],
  ["republicofireland", "ie"],
  ["republicofkorea", "kr"],
  ["korea", "kr"],
  ["russianfederation", "ru"],
  ["uae", "ae"],
  ["hongkong", "hk"],
  ["macau", "mo"],
  ["palestine", "ps"],
]);

// Regions in Unicode's list that are not countries of ISO 3166-1. XK is Kosovo, which Shopify ships to.
const NO_COUNTRY: ReadonlySet<string> = new Set(["eu", "ez", "un", "qo", "xa", "xb", "zz"]);

const ENGLISH = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const ALPHABET = [..."abcdefghijklmnopqrstuvwxyz"];

/** Codes and English names with today's code: UK and "United Kingdom" both give GB. */
const CODE_OF: ReadonlyMap<string, string> = new Map([...ALPHABET.flatMap(countriesBeginningWith), ...NAMED_OTHERWISE]);

function countriesBeginningWith(letter: string): readonly (readonly [string, string])[] {
  return ALPHABET.map((second) => letter + second).flatMap((code) => {
    const name = ENGLISH.of(code.toUpperCase());
    // A withdrawn code (YU, DD) maps to its successor.
    const today = new Intl.Locale(`und-${code}`).region?.toLowerCase() ?? code;
    if (name === undefined || NO_COUNTRY.has(today)) return [];
    return [[code, today] as const, [lettersOf(name), today] as const];
  });
}

function lettersOf(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFC")
    .replace(/&/g, "and")
    .replace(/[^\p{L}\p{M}]/gu, "");
}

/** ISO 3166-1 alpha-2 in lower case, for a code or an English name in any spelling; null if it is not a country. */
export const countryCodeOf = (text: string): string | null => CODE_OF.get(lettersOf(text)) ?? null;
