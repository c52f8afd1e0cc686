import { readEventQuery } from "../../../../app/routes/app.events._index/read-event-query.ts";
import { textLike } from "../hostile-text.ts";
import { expectStorable, expectThat } from "../invariants.ts";
import { fuzzed } from "../of-inputs.ts";

const QUERIES = [
  "order=6198424240428&name=Purchase&cursor=abc",
  "order=https://admin.shopify.com/store/tea/orders/6198424240428",
  "order=%231001",
] as const;
export const eventQueries = fuzzed("query of the Events page", textLike(...QUERIES), (text) => {
  const { query, filter, isUnreadable } = readEventQuery(new URLSearchParams(text));
  expectThat(query.orderId === undefined || /^\d{1,20}$/.test(query.orderId), "an order is digits");
  expectThat(query.eventName === undefined || filter.event === query.eventName, "the form shows what is filtered");
  const { orderId, search } = query;
  expectThat(
    filter.order === "" || isUnreadable || (orderId ?? search) !== undefined,
    "text that finds nothing gets a problem",
  );
  if (search !== undefined) expectStorable(search, "the search");
});
