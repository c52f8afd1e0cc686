import { createServer } from "node:net";

// Below the range that systems give to outgoing connections and to listeners on port 0 (Linux 32768, others 49152): from
// there a port is often taken again between the moment it is looked up and the moment its process listens.
const FIRST = 10_000;
const LAST = 32_000;
const TRIES = 50;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    // All addresses, as the app listens.
    server.listen(port, () => server.close(() => resolve(true)));
  });

/** A free port: the given one, or any. */
export async function freePort(wanted?: number): Promise<number> {
  for (let tries = wanted === undefined ? TRIES : 1; tries > 0; tries -= 1) {
    const port = wanted ?? FIRST + Math.floor(Math.random() * (LAST - FIRST));
    if (await isFree(port)) return port;
  }
  throw new Error(wanted === undefined ? "no port is free" : `port ${wanted} is in use`);
}
