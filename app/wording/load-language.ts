import type { Translation } from "./catalogue.ts";
import type { Language } from "./languages.ts";

/** One language's texts, as a file of their own: a browser loads its own language and no other. */
export const loadLanguage: Readonly<Record<Language, () => Promise<{ readonly catalogue: Translation }>>> = {
  en: () => import("./en/catalogue.ts"),
  de: () => import("./de/catalogue.ts"),
  cs: () => import("./cs/catalogue.ts"),
};
