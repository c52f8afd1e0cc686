import { bodyOf, hostOf, startHttpsServer } from "./https-server.ts";

/** One request for a host that nobody simulates. */
export type CaughtRequest = { readonly host: string; readonly path: string; readonly body: string };

export type CatchAll = {
  readonly port: number;
  /** Oldest first. */
  readonly requests: CaughtRequest[];
  readonly close: () => Promise<void>;
};

/** The rest of the internet: answers everything with an empty script and remembers who asked for what. */
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
