// node --import ./test/simulators/redirect-shopify.ts server.ts
// Sends this process's fetch calls for Shopify's hosts to the simulator's port, true host names kept, and lets nothing
// else leave the machine. The app under test does not know of it.
//   SIMULATOR_SHOPIFY_PORT       the simulator's port (required)
//   SIMULATOR_OUTGOING_LOG       optional file: one line per outgoing call with its whole address, so that a test can count them
import { appendFileSync } from "node:fs";
import { Agent, buildConnector, setGlobalDispatcher } from "undici";
import { simulatorCertificate } from "./certificate.ts";

const port = process.env["SIMULATOR_SHOPIFY_PORT"];
if (port === undefined || !/^\d+$/.test(port)) throw new Error("SIMULATOR_SHOPIFY_PORT must be the simulator's port");
const log = process.env["SIMULATOR_OUTGOING_LOG"];

const SHOPIFY = /(?:^|\.)(?:myshopify\.com|shopify\.com)$/;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[?::1\]?)$/;

const { cert } = await simulatorCertificate();
const toSimulator = buildConnector({ ca: cert });
const direct = buildConnector({ ca: cert });

const agent = new Agent({
  connect: (options, done) => {
    const { hostname } = options;
    if (LOOPBACK.test(hostname)) return direct(options, done);
    if (!SHOPIFY.test(hostname)) return done(new Error(`outgoing call to ${hostname} refused: not simulated`), null);
    const address = { hostname: "127.0.0.1", host: `127.0.0.1:${port}`, port, servername: hostname };
    return toSimulator({ ...options, ...address }, done);
  },
});

setGlobalDispatcher(
  agent.compose((dispatch) => (options, handler) => {
    // Counted per request, since connections are kept alive.
    if (log !== undefined) {
      appendFileSync(log, `${options.method} ${String(options.origin)}${options.path}\n`);
    }
    return dispatch(options, handler);
  }),
);
