import { catalogue } from "./en/catalogue.ts";
import { createWords } from "./words.ts";

/** For operators: the command line and the operator's mail are in English. */
export const ENGLISH = createWords(catalogue, { language: "en", locale: "en" });
