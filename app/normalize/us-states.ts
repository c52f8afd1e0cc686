// ANSI codes (INCITS 38) and the military postal codes, by the names that people write.
const NAMES =
  "alabama al alaska ak arizona az arkansas ar california ca colorado co connecticut ct delaware de " +
  "districtofcolumbia dc florida fl georgia ga hawaii hi idaho id illinois il indiana in iowa ia kansas ks kentucky ky " +
  "louisiana la maine me maryland md massachusetts ma michigan mi minnesota mn mississippi ms missouri mo montana mt " +
  "nebraska ne nevada nv newhampshire nh newjersey nj newmexico nm newyork ny northcarolina nc northdakota nd ohio oh " +
  "oklahoma ok oregon or pennsylvania pa rhodeisland ri southcarolina sc southdakota sd tennessee tn texas tx utah ut " +
  "vermont vt virginia va washington wa westvirginia wv wisconsin wi wyoming wy puertorico pr guam gu virginislands vi usvirginislands vi virginislandsus vi " +
  "americansamoa as northernmarianaislands mp micronesia fm federatedstatesofmicronesia fm marshallislands mh palau pw " +
  "washingtondc dc armedforcesamericas aa armedforceseurope ae armedforcespacific ap";

const words = NAMES.split(" ");
const CODE_OF = new Map(words.flatMap((word, at) => (at % 2 === 0 ? [[word, words[at + 1] ?? word] as const] : [])));
const CODES: ReadonlySet<string> = new Set(CODE_OF.values());

/** `ca` for `ca` and for `california` (lower case, letters only); null if it is not a state. */
export const usStateCode = (state: string): string | null => (CODES.has(state) ? state : (CODE_OF.get(state) ?? null));
