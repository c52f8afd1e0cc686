// When each version stops working; null: not announced. developers.facebook.com, Graph API changelog (2026-11). For the
// Conversions API the Graph schedule holds (two years from the next version on), not the shorter one of the Marketing
// API, which ended v24.0 on 2026-11-10 and ends v25.0 on 2027-02-23.
const EXPIRY: Readonly<Record<string, string | null>> = {
  "v20.0": "2026-09-24",
  "v21.0": "2027-01-21",
  "v22.0": "2027-05-20",
  "v23.0": "2027-10-08",
  "v24.0": "2028-02-18",
  "v25.0": "2028-07-29",
  "v26.0": "2028-11-04",
  "v27.0": null,
};

export const isKnownVersion = (version: string): boolean => EXPIRY[version] !== undefined;

/** The real Graph may answer an expired version with its successor and a warning header; here it is refused. */
export function isExpiredVersion(version: string, now: Date): boolean {
  const expiry = EXPIRY[version];
  return typeof expiry === "string" && Date.parse(expiry) <= now.getTime();
}
