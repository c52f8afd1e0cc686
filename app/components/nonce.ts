import { createContext } from "react";

/** What marks the page's own inline scripts, new with every page. The browser hides it, so only the server knows it. */
export const Nonce = createContext<string | undefined>(undefined);
