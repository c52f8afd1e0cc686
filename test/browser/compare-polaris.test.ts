import { expect, test } from "vitest";
import { polarisDifferences } from "../programs/polaris-differences.ts";
import { launchChromium } from "../simulators/browser.ts";
import { startHttpsServer } from "../simulators/https-server.ts";
import { buildClientBundles } from "../simulators/shopify/client-bundles.ts";
import { readPolarisManifest } from "../simulators/shopify/polaris-manifest.ts";

test("the comparison with Shopify's address names an element that is gone and an attribute that is new", async () => {
  const { polaris } = await buildClientBundles();
  const server = await startHttpsServer({
    listener: (_request, response) => response.setHeader("content-type", "text/javascript").end(polaris),
  });
  const browser = await launchChromium({ hosts: { "cdn.shopify.com": server.port } });
  const address = "https://cdn.shopify.com/shopifycloud/polaris-1.js";
  const manifest = readPolarisManifest();
  try {
    expect(await polarisDifferences(browser, { address, manifest })).toEqual([]);

    const { "s-badge": badge, ...rest } = manifest;
    const { tone: _tone, ...attributes } = badge?.attributes ?? {};
    const older = { ...rest, "s-badge": { slots: [""], attributes }, "s-gone": { slots: [], attributes: {} } };
    expect(await polarisDifferences(browser, { address, manifest: older })).toEqual([
      { element: "s-badge", what: "watches the attribute tone, which the package does not have" },
      { element: "s-gone", what: "is not defined" },
    ]);
  } finally {
    await browser.close();
    await server.close();
  }
});
