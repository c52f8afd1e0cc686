// node test/simulators/shopify/start.ts --port 4200 --app-url http://localhost:3000 --api-key KEY --api-secret SECRET
import { parseArgs } from "node:util";
import { startShopifySimulator } from "./simulator.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4200" },
    "app-url": { type: "string", default: "http://localhost:3000" },
    "app-address": { type: "string" },
    "api-key": { type: "string" },
    "api-secret": { type: "string" },
    "state-file": { type: "string" },
  },
});
const { "api-key": apiKey, "api-secret": apiSecret, "app-address": appAddress, "state-file": stateFile } = values;
if (apiKey === undefined || apiSecret === undefined) {
  console.error("Give --api-key and --api-secret: the same ones as the app's SHOPIFY_API_KEY and SHOPIFY_API_SECRET.");
  process.exit(1);
}
const simulator = await startShopifySimulator({
  port: Number(values.port),
  appUrl: values["app-url"],
  apiKey,
  apiSecret,
  ...(appAddress !== undefined && { appAddress }),
  ...(stateFile !== undefined && { stateFile }),
});
console.log(`Shopify simulator on port ${simulator.port}: ${simulator.shops.map((shop) => shop.domain).join(", ")}`);
