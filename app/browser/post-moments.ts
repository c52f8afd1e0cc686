import { momentText, MOST_EVENTS, type OwnFacts, type SharedFacts } from "../event-contract/wire.ts";
import { quietly } from "./quietly.ts";
import type { SendFetch } from "./send-fetch.ts";

type Shared = Omit<SharedFacts, "sentAt">;

/** `afterwards` runs when the event has been posted. JSON leaves functions out. */
type Posting = OwnFacts & { readonly afterwards: () => unknown };
/** Posts the event with the others of its moment. */
export type PostEvent = (shared: Shared, event: Posting) => void;

/**
 * Posts events to the collector. Those of one task that share their facts leave together when the task ends, in a
 * microtask: no timer runs that a page could end before, and nothing is left to send when it goes away.
 *
 * The post goes before what follows it: requests that outlive the page share 64 KiB, and the server legs depend on this
 * one. A plain string with `no-cors` is sent as text/plain: without preflight, without cookies, and with an opaque
 * response.
 */
export function postMoments(url: string, send: SendFetch, now: () => number): PostEvent {
  let facts = "";
  let moment: Posting[] = [];
  return (shared, event) => {
    const text = JSON.stringify(shared);
    if (text !== facts || moment.length === MOST_EVENTS) {
      facts = text;
      const events: Posting[] = (moment = []);
      void Promise.resolve().then(() => {
        facts = "";
        const body = momentText({ sentAt: now(), ...shared }, events);
        quietly(() => send(url, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit", body }));
        for (const { afterwards } of events) quietly(afterwards);
      });
    }
    moment.push(event);
  };
}
