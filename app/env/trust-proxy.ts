import { z } from "zod";

/** TRUST_PROXY: which proxies are trusted for the visitor's IP address. */
export const TrustProxy = z
  .string()
  .optional()
  .transform((text, context) => {
    if (text === undefined || text === "false") return false;
    if (/^\d{1,2}$/.test(text)) return Number(text) === 0 ? false : Number(text);
    const addresses = text.split(",").map((address) => address.trim());
    if (addresses.every((address) => /^[0-9a-f.:]+(\/\d{1,3})?$/i.test(address) && /[.:]/.test(address))) {
      return addresses;
    }
    context.addIssue(
      "TRUST_PROXY must be the number of proxies in front of the app (1 on most hosts) or their addresses, separated by " +
        "commas; trusting every proxy would let visitors fake their IP address.",
    );
    return z.NEVER;
  });
