import { sourceUrl } from "../event-contract/source-url.ts";

// Parameters of Shopify's own pages and the usual advertisers. None of them identifies a person.
const PLAIN =
  /^(?:$|(?:variant|page|sort_by|view|q|type|country|locale|options\[\w+\]|filter\.[\w.]+|(?:fb|g|ms|tt)cl(?:id|src)|utm_\w+|_\w+|srsltid)=)/;

/**
 * Whether Meta may see the whole URL. Meta's script sends `location.href` and `document.referrer` unfiltered, and has
 * no option to change that. If either has an unknown parameter, the embed sends the filtered URL itself.
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
