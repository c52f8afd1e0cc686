import type { RefusedBecause } from "../../ledger/collector-refusal-types.ts";
import type { SetupFacts } from "../../ledger/types.ts";

/** Why the collector refused a post. */
export const REFUSED_BECAUSE = {
  "too-long": "too long",
  "not-json": "not in the format of a report",
  "wrong-field": "with a missing or invalid field",
  "no-id": "without an event ID",
  "unknown-address": "sent to an address that belongs to no shop",
  "foreign-page": "about a page that is not your shop’s, such as a copy of it on another domain",
  erased: "about an order whose customer you have had erased, so nothing of them was stored",
  "too-many": "sent faster than one visitor, or your whole shop, may report",
  "too-much": "that would have stored more than one visitor, or your whole shop, may store at a time",
  guessing: "about more different orders than one visitor can place",
} as const satisfies Record<RefusedBecause, string>;

/** Posts that the collector refused for this shop. A few come from strangers and bots; many point to a fault. */
export function RefusedPostsCard({ refused }: { readonly refused: SetupFacts["refusedPosts"] }) {
  return (
    <s-section heading="Reports that were not accepted">
      <s-paragraph color="subdued">
        Anybody can send reports to your shop’s address at Tandem, so a few in seven days are normal. Many mean that
        browsers run an old version of Tandem, or that another app or script interferes with it.
      </s-paragraph>
      <s-unordered-list>
        {refused.map(({ reason, posts }) => (
          <s-list-item key={reason}>
            {posts} {inWords(reason)}
          </s-list-item>
        ))}
      </s-unordered-list>
    </s-section>
  );
}

const inWords = (reason: string): string =>
  // The condition proves that the key is one of the table's; one from an older version is shown unchanged.
  Object.hasOwn(REFUSED_BECAUSE, reason) ? REFUSED_BECAUSE[reason as RefusedBecause] : reason;
