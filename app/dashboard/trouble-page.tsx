import { Button, InlineStack, Text } from "@shopify/polaris";
import { PublicPage } from "./public-page.tsx";

/** When a page could not be made. The cause is in the app's log, never on the screen. */
export function TroublePage({ missing }: { readonly missing: boolean }) {
  return (
    <PublicPage title={missing ? "There is no such page" : "This page could not be loaded"}>
      <Text as="p">
        {missing
          ? "The address may be old or mistyped."
          : "Something failed on our side. Measuring goes on without this page; your events are kept."}
      </Text>
      <InlineStack align="start">
        <Button url="/app">{missing ? "Go to Home" : "Try again"}</Button>
      </InlineStack>
    </PublicPage>
  );
}
