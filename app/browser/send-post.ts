import { type CollectorPost, collectorPostText } from "../event-contract/wire.ts";

/** The `fetch` options that the browser legs use. */
export type SendOptions = {
  readonly method: "GET" | "POST";
  readonly mode: "no-cors";
  readonly keepalive: true;
  readonly credentials: "include" | "omit";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};
export type SendFetch = (url: string, options: SendOptions) => Promise<unknown>;

/**
 * Posts the event so that it survives the visitor leaving the page. A plain string with `no-cors` is sent as
 * text/plain: without preflight, without cookies, and with an opaque response.
 */
export const sendPost = (post: CollectorPost, url: string, fetch: SendFetch): Promise<unknown> =>
  fetch(url, { method: "POST", mode: "no-cors", keepalive: true, credentials: "omit", body: collectorPostText(post) });
