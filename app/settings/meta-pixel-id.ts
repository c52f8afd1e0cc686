/**
 * Where addresses of Meta's Business tools name a pixel (a dataset), as far as they are known (2026-11):
 * events_manager2/list/dataset/ID/overview, …/list/pixel/ID/…, settings/events-dataset-and-pixel/ID, settings/pixels/ID;
 * and in the query selected_data_sources, asset_id, selected_asset_id, dataset_id, pixel_id. Numbers under any other name
 * are of a business (business_id), an ad account (act) or a page.
 */
const IN_PATH = /\/(?:datasets?|pixels?|events[-_]datasets?[-_]and[-_]pixels?)\/(\d{5,20})(?=\/|$)/i;
const IN_QUERY = ["selected_data_sources", "asset_id", "selected_asset_id", "dataset_id", "pixel_id"];
// `PIXEL:123` and `["123"]` name one as well as `123` does; two numbers name none.
const ONE_NUMBER = /^\D*(\d{5,20})\D*$/;
const OF_META = /(?:^|\.)(?:facebook|meta)\.com$/i;
const LONGEST_ADDRESS = 4_000;

/** Meta's number of a pixel in what somebody typed or pasted: the number itself, or an address of Events Manager. */
export function metaPixelIdIn(text: string): string | null {
  const typed = text.trim();
  if (/^\d{5,20}$/.test(typed)) return typed;
  const address = addressIn(typed);
  if (address === null || !OF_META.test(address.hostname)) return null;
  const inPath = IN_PATH.exec(address.pathname)?.[1];
  return inPath ?? numberIn(address.searchParams) ?? numberIn(new URLSearchParams(address.hash.replace(/^#\??/, "")));
}

function addressIn(typed: string): URL | null {
  if (typed.length > LONGEST_ADDRESS || /\s/.test(typed)) return null;
  return URL.parse(/^https?:\/\//i.test(typed) ? typed : `https://${typed}`);
}

function numberIn(query: URLSearchParams): string | null {
  for (const name of IN_QUERY) {
    const number = ONE_NUMBER.exec(query.get(name) ?? "")?.[1];
    if (number !== undefined) return number;
  }
  return null;
}
