import { BlockStack, Box, Card, Page, Text } from "@shopify/polaris";
import { differences } from "../../access/differences.ts";
import { FactList } from "../../components/fact-list.tsx";
import type { ShopProfile } from "../../settings/types.ts";
import { PIXEL_STATES } from "../../wording/wording.ts";
import { limitsInWords } from "./pixel-limits.tsx";

/** The settings for people who may not change them: what is chosen, and no form. */
export function SettingsSummary({ profile: { pixels, settings } }: { readonly profile: ShopProfile }) {
  const { shop: _shop, version, ...choices } = settings;
  return (
    <Page title="Settings" subtitle="Your role does not allow changes. An owner can change it on the Access page.">
      <Box paddingBlockEnd="800">
        <BlockStack gap="400">
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                Connected pixels
              </Text>
              {pixels.length === 0 && <Text as="p">None.</Text>}
              <FactList
                facts={pixels.map((pixel) => ({
                  term: pixel.metaPixelId,
                  value: [PIXEL_STATES[pixel.state].label, limitsInWords(pixel)].filter(Boolean).join(". "),
                }))}
              />
            </BlockStack>
          </Card>
          <Card>
            <BlockStack gap="300">
              <Text as="h2" variant="headingMd">
                {`Settings, version ${version}`}
              </Text>
              <FactList facts={differences(null, choices).map(({ field, to }) => ({ term: field, value: to }))} />
            </BlockStack>
          </Card>
        </BlockStack>
      </Box>
    </Page>
  );
}
