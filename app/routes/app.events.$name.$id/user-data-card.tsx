import { BlockStack, Card, Text } from "@shopify/polaris";
import { FactList } from "../../components/fact-list.tsx";
import type { SentKey } from "./mask-user-data.ts";

type Props = { readonly userData: readonly SentKey[]; readonly sent: boolean };

/** Which match keys the server leg carries. Never the values themselves. */
export function UserDataCard({ userData, sent }: Props) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Match keys
        </Text>
        {userData.length === 0 ? (
          <Text as="p" tone="subdued">
            None are kept for this event.
          </Text>
        ) : (
          <>
            <Text as="p" tone="subdued">
              {sent
                ? "What the server leg carries, so that Meta can match the event to a person."
                : "What the server leg would carry. Nothing was sent."}
            </Text>
            <FactList
              facts={userData.map(({ key, meaning, shown }) => ({ term: key, value: `${meaning}: ${shown}` }))}
            />
          </>
        )}
      </BlockStack>
    </Card>
  );
}
