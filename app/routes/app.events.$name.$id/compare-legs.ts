import type { CustomData } from "../../event-contract/purchase.ts";
import { leavesOutItems } from "../../ledger/legs-agree.ts";
import type { EventDetail } from "../../ledger/types.ts";

/** One parameter of both legs, as text. Null: that leg does not carry it. */
export type ComparedParameter = {
  readonly name: string;
  readonly browser: string | null;
  readonly server: string | null;
  /** `one-sided`: only one leg exists or is kept for this parameter, so there is nothing to compare. */
  readonly verdict: "same" | "different" | "one-sided";
};

const COMPARED = [
  "value",
  "currency",
  "content_ids",
  "content_type",
  "contents",
  "num_items",
  "order_id",
  "content_name",
  "content_category",
  "search_string",
] as const satisfies readonly (keyof CustomData)[];

const LISTS: ReadonlySet<string> = new Set(["content_ids", "contents"]);

/** Both legs side by side, parameter by parameter; parameters that neither leg carries are left out. */
export function compareLegs(event: Pick<EventDetail, "server" | "browser">): readonly ComparedParameter[] {
  const { server, browser } = event;
  const measured = COMPARED.map((name): ComparedParameter => {
    const ours = asText(server.custom_data[name]);
    if (browser === null) return { name, browser: null, server: ours, verdict: "one-sided" };
    if (LISTS.has(name) && leavesOutItems(browser.data)) {
      return { name, browser: null, server: ours, verdict: "one-sided" };
    }
    const theirs = asText(browser.data[name]);
    return { name, browser: theirs, server: ours, verdict: ours === theirs ? "same" : "different" };
  });
  return [...measured, ...onceKept(event)].filter((row) => row.browser !== null || row.server !== null);
}

// The browser reports these once for both legs, and they are stored with the server leg only.
const onceKept = ({ server }: Pick<EventDetail, "server">): readonly ComparedParameter[] =>
  (
    [
      ["event_source_url", server.event_source_url],
      ["referrer_url", server.referrer_url],
      ["fbp", server.user_data.fbp],
      ["fbc", server.user_data.fbc],
      ["action_source", server.action_source],
      ["data_processing_options", server.data_processing_options],
    ] as const
  ).map(([name, value]) => ({ name, browser: null, server: asText(value), verdict: "one-sided" as const }));

function asText(value: CustomData[keyof CustomData] | readonly string[]): string | null {
  if (value === undefined) return null;
  if (typeof value !== "object") return String(value);
  return value
    .map((part) =>
      typeof part === "string" ? part : `${part.id}: ${String(part.quantity)} × ${String(part.item_price)}`,
    )
    .join(", ");
}
