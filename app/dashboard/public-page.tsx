import { AppProvider, BlockStack, Box, Card, Page } from "@shopify/polaris";
import english from "@shopify/polaris/locales/en.json" with { type: "json" };
import type { ReactNode } from "react";

/** The frame of the few pages that people see outside the Shopify admin. */
export function PublicPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <AppProvider i18n={english}>
      <main>
        <Page title={title} narrowWidth>
          <Box paddingBlockEnd="800">
            <Card>
              <BlockStack gap="300">{children}</BlockStack>
            </Card>
          </Box>
        </Page>
      </main>
    </AppProvider>
  );
}
