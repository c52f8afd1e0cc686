import type { ExtrasAsset, ReportAsset } from "./bundles.ts";
import { hasExtraWork } from "./extra-work.ts";
import { quietly } from "../browser/quietly.ts";
import { jsonOf } from "./page.ts";
import { createReporter, type Report } from "./reporter.ts";
import { itemData, listedData, parseShownPage, searchData, type ShownItem, type ShownPage } from "./shown-page.ts";

// The theme embed's second file: reports storefront pages and the visitor's actions, to Meta and to the collector, with
// one event ID. Loaded only with the visitor's consent.

const variantOf = ({ items }: ShownPage, id: string | null): ShownItem | undefined =>
  items.find(({ variantId }) => variantId === id);

/** Reports the page's contents, when it opens or when the visitor consents. */
function reportPage(page: ShownPage, report: Report): void {
  report("PageView", {});
  const { category, search, selected } = page;
  const product = selected ? itemData(variantOf(page, selected), 1, page) : null;
  if (product) report("ViewContent", product);
  if (category) report("ViewCategory", { content_category: category, ...listedData(page) });
  const searched = searchData(search);
  if (searched) report("Search", { ...searched, ...listedData(page) });
}

/** Returns the callbacks; reporting starts with the first visitor. */
export const startReporting: ReportAsset["startReporting"] = ({ settings, assets }) => {
  const page = parseShownPage(jsonOf("tandem-page"), settings);
  const { report, setVisitor, sentIds } = createReporter(settings, page.person);
  let isOpened = false;
  let { selected: shown, search: lastSearch } = page;

  const lookCloser = async (): Promise<void> => {
    if (!hasExtraWork()) return;
    // Our own file, built beside this one.
    ((await import(assets.extras)) as ExtrasAsset).lookCloser({ settings, page, report, sentIds });
  };

  return {
    setVisitor: (visitor) => {
      setVisitor(visitor);
      if (!visitor) return;
      // In pixel mode the web pixel reports the page, and this file only loads the third one.
      if (!isOpened && settings.storefrontMode !== "pixel") reportPage(page, report);
      isOpened = true;
      quietly(lookCloser);
    },
    added: ({ variantId, quantity, item }) => {
      const added = itemData(item ?? variantOf(page, variantId), quantity, page);
      if (added) report("AddToCart", added);
    },
    chosen: (variantId) => {
      const viewed = variantId === shown ? null : itemData(variantOf(page, variantId), 1, page);
      if (!viewed) return;
      shown = variantId;
      report("ViewContent", viewed);
    },
    searched: (query) => {
      const searched = query === lastSearch ? null : searchData(query);
      if (!searched) return;
      lastSearch = searched.search_string ?? null;
      report("Search", searched);
    },
    returned: () => report("PageView", {}, { direct: true }),
  };
};
