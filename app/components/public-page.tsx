import { AppProvider, BlockStack, Box, Card, Page } from "@shopify/polaris";
import english from "@shopify/polaris/locales/en.json" with { type: "json" };
import type { ReactNode } from "react";
import { RouterLink } from "./router-link.tsx";

/** Polaris for the few pages that are shown outside the Shopify admin. */
export function PublicFrame({ children }: { readonly children: ReactNode }) {
  return (
    <AppProvider i18n={english} linkComponent={RouterLink}>
      <main>{children}</main>
    </AppProvider>
  );
}

/** A public page: one card with a title. */
export function PublicPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <PublicFrame>
      <Page title={title} narrowWidth>
        <Box paddingBlockEnd="800">
          <Card>
            <BlockStack gap="300">{children}</BlockStack>
          </Card>
        </Box>
      </Page>
    </PublicFrame>
  );
}
