import type { Browser } from "playwright-core";
import type { PolarisManifest } from "../simulators/shopify/polaris-manifest.ts";

export type PolarisDifference = { readonly element: string; readonly what: string };

type Comparison = { readonly address: string; readonly manifest: PolarisManifest };

/** What the script at the address defines, by tag: the attributes that each element watches; null where it is unknown. */
async function definedAt(browser: Browser, { address, manifest }: Comparison) {
  const page = await browser.newPage();
  try {
    const answer = await page.goto(address);
    if (answer?.ok() !== true) throw new Error(`${address} answered ${String(answer?.status() ?? "nothing")}`);
    const content = await answer.text();
    await page.setContent("<!doctype html><title>Polaris</title>");
    await page.addScriptTag({ content });
    return await page.evaluate(
      (tags) =>
        tags.map((tag) => {
          const element = customElements.get(tag) as { readonly observedAttributes?: readonly string[] } | undefined;
          return { tag, watched: element === undefined ? null : [...(element.observedAttributes ?? [])] };
        }),
      Object.keys(manifest),
    );
  } finally {
    await page.close();
  }
}

/** Where the elements of the page's script are others than those of the package. */
export async function polarisDifferences(browser: Browser, comparison: Comparison): Promise<PolarisDifference[]> {
  const defined = await definedAt(browser, comparison);
  return defined.flatMap(({ tag, watched }) => {
    if (watched === null) return [{ element: tag, what: "is not defined" }];
    const known = Object.keys(comparison.manifest[tag]?.attributes ?? {});
    const names = watched.map((name) => name.toLowerCase());
    return names
      .filter((name) => !known.includes(name))
      .map((name) => ({ element: tag, what: `watches the attribute ${name}, which the package does not have` }));
  });
}
