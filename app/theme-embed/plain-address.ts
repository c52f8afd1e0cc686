import { sourceUrl } from "../event-contract/source-url.ts";

// What Shopify's own pages and the usual advertisers write into an address. None of it names a person.
const PLAIN =
  /^(?:$|(?:variant|page|sort_by|view|q|type|country|locale|options\[\w+\]|filter\.[\w.]+|(?:fb|g|ms|tt)cl(?:id|src)|utm_\w+|_\w+|srsltid)=)/;

/**
 * Whether Meta may see the whole address. Meta's script sends `location.href` and `document.referrer` as they stand,
 * and no option of it changes that; where they hold anything unknown, the embed sends the filtered address by itself.
 */
export const isPlainAddress = (url: string): boolean => {
  const [address = "", ...queries] = url.split("?");
  return (
    url === "" ||
    ((sourceUrl(address) ?? "") === address &&
      queries.length < 2 &&
      queries.every((query) => query.split("&").every((pair) => PLAIN.test(pair) && !/[@#]|%40/.test(pair))))
  );
};
