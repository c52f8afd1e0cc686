import { LOOKED_ON, SENT_FORM } from "./bundles.ts";
import { jsonOf } from "./page.ts";

export const today = (): string => String(Math.floor(Date.now() / 86_400_000));

/** Whether the third file has work: after a submitted form, on an order's page, and once a day. */
export const hasExtraWork = (): boolean =>
  Boolean(sessionStorage.getItem(SENT_FORM) || jsonOf("tandem-order")) || localStorage.getItem(LOOKED_ON) !== today();
