import { BlockStack, Box, Button, Text } from "@shopify/polaris";

type Props = {
  readonly heading: string;
  readonly text: string;
  readonly link: { readonly label: string; readonly url: string };
};

/** An empty state. Polaris' own requires a picture, which shifts the layout when it loads. */
export function NothingHere({ heading, text, link }: Props) {
  return (
    <Box padding="800">
      <BlockStack gap="300" inlineAlign="center">
        <Text as="h2" variant="headingMd" alignment="center">
          {heading}
        </Text>
        <div style={{ maxWidth: "30rem" }}>
          <Text as="p" tone="subdued" alignment="center">
            {text}
          </Text>
        </div>
        <Button url={link.url}>{link.label}</Button>
      </BlockStack>
    </Box>
  );
}
