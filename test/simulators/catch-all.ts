import { bodyOf, hostOf, startHttpsServer } from "./https-server.ts";

/** One request for a host without a simulator. */
export type CaughtRequest = { readonly host: string; readonly path: string; readonly body: string };

export type CatchAll = {
  readonly port: number;
  /** Oldest first. */
  readonly requests: CaughtRequest[];
  readonly close: () => Promise<void>;
};

/** The rest of the internet: answers every request with an empty script and records it. */
export async function startCatchAll(): Promise<CatchAll> {
  const requests: CaughtRequest[] = [];
  const server = await startHttpsServer({
    listener: (request, response) => {
      void bodyOf(request).then((body) => {
        requests.push({ host: hostOf(request), path: request.url ?? "/", body: body.toString("utf8") });
        response.writeHead(200, { "content-type": "text/javascript", "access-control-allow-origin": "*" }).end();
      });
    },
  });
  return { port: server.port, requests, close: server.close };
}
