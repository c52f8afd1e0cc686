import { type BrowserIds, keepBrowserIds } from "../../../app/event-contract/meta-cookies.ts";
import type { PixelApi, Sandbox } from "./sandbox.ts";

const NONE: BrowserIds = { fbp: null, fbc: null };
// A page that is being left answers no more. The event is worth more without its ids than not at all.
const LONGEST_WAIT_MS = 1500;

export type IdKeeper = {
  /** Reads the cookies, and makes those that are missing. Needs the visitor's consent. */
  readonly refresh: () => void;
  /** Runs `use` with the ids: at once when they have been read, otherwise as soon as they are, or without them. */
  readonly withIds: (use: (ids: BrowserIds) => void) => void;
};

/**
 * The cookies live in the top frame, some milliseconds away, and a request that waits for them while the visitor leaves
 * is lost. So they are read ahead, and a send never waits twice.
 */
export function createIdKeeper(api: PixelApi, sandbox: Sandbox): IdKeeper {
  const location = api.init.context?.document?.location;
  let known: BrowserIds | null = null;
  let waiting: ((ids: BrowserIds) => void)[] = [];

  const settle = (ids: BrowserIds): void => {
    known = ids;
    const uses = waiting;
    waiting = [];
    for (const use of uses) use(ids);
  };

  return {
    refresh: () => {
      const visit = {
        host: location?.hostname ?? "",
        url: location?.href ?? "",
        now: sandbox.now(),
        random: sandbox.random(),
      };
      keepBrowserIds(api.browser.cookie, visit).then(settle, () => settle(known ?? NONE));
      sandbox.after(LONGEST_WAIT_MS, () => known ?? settle(NONE));
    },
    withIds: (use) => {
      if (known === null) waiting.push(use);
      else use(known);
    },
  };
}
