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
