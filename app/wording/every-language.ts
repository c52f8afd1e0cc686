import type { Translation } from "./catalogue.ts";
import { catalogue as czech } from "./cs/catalogue.ts";
import { catalogue as german } from "./de/catalogue.ts";
import { catalogue as english } from "./en/catalogue.ts";
import type { Language, Reader } from "./languages.ts";
import { createWords, type Words } from "./words.ts";

/** Every language at once, for programs that speak to anybody: the server and the command line. Browsers load one. */
export const CATALOGUES = { en: english, de: german, cs: czech } as const satisfies Record<Language, Translation>;

export const wordsFor = (reader: Reader, timeZone?: string): Words =>
  createWords(CATALOGUES[reader.language], reader, timeZone);
