// npm run compare-polaris [-- --json]
// Compares the elements that Shopify's CDN defines today with custom-elements.json of @shopify/polaris-types, from which
// the stand-in of the tests is made. Needs the internet; exits with 1 where they differ, and with 2 where the address did not answer.
import { parseArgs } from "node:util";
import { POLARIS_SCRIPT } from "../../app/components/shopify-scripts.ts";
import { chromium } from "playwright-core";
import { chromiumPath } from "../simulators/browser.ts";
import { readPolarisManifest } from "../simulators/shopify/polaris-manifest.ts";
import { polarisDifferences } from "./polaris-differences.ts";

const { values } = parseArgs({ options: { json: { type: "boolean", default: false } } });

const browser = await chromium.launch({ executablePath: await chromiumPath() });
try {
  const differences = await polarisDifferences(browser, { address: POLARIS_SCRIPT, manifest: readPolarisManifest() });
  const lines = differences.map(({ element, what }) => `${element}: ${what}`);
  const text = lines.length === 0 ? `${POLARIS_SCRIPT} has the elements of the package.` : lines.join("\n");
  console.log(values.json ? JSON.stringify({ address: POLARIS_SCRIPT, differences }) : text);
  process.exitCode = lines.length === 0 ? 0 : 1;
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  // Playwright's message goes on with its log.
  console.error(`Not compared: ${message.split("\n", 1).join("")}`);
  process.exitCode = 2;
} finally {
  await browser.close();
}
