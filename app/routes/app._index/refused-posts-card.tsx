import { BlockStack, Card, List, Text } from "@shopify/polaris";
import type { RefusedBecause } from "../../ledger/collector-refusal-types.ts";
import type { SetupFacts } from "../../ledger/types.ts";

/** What was wrong with the reports that the collector did not take. */
export const REFUSED_BECAUSE = {
  "too-long": "longer than a report can be",
  "not-json": "not written as a report is",
  "wrong-field": "with a field that is missing or not as it should be",
  "no-id": "without an event ID",
  "unknown-address": "sent to an address that is no shop’s",
  "too-many": "faster than one visitor, or your whole shop, may report",
} as const satisfies Record<RefusedBecause, string>;

/** Reports that came under the shop's address and were not taken: few are strangers' or robots', many are a fault. */
export function RefusedPostsCard({ refused }: { readonly refused: SetupFacts["refusedPosts"] }) {
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Reports that were not taken
        </Text>
        <Text as="p" tone="subdued">
          Anybody can send something to your shop’s address at Tandem, so a few in seven days are normal. Many mean that
          browsers run an old version of Tandem, or that something interferes with it.
        </Text>
        <List>
          {refused.map(({ reason, posts }) => (
            <List.Item key={reason}>
              {posts} {inWords(reason)}
            </List.Item>
          ))}
        </List>
      </BlockStack>
    </Card>
  );
}

const inWords = (reason: string): string =>
  // The key was just found among the table's own; one that an older version counted is shown as it is.
  Object.hasOwn(REFUSED_BECAUSE, reason) ? REFUSED_BECAUSE[reason as RefusedBecause] : reason;
