import { createContext } from "react";

/** The nonce of the page's own inline scripts, new for every page. Browsers hide it from scripts. */
export const Nonce = createContext<string | undefined>(undefined);
