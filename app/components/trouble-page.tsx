import { Box, Card, Page } from "@shopify/polaris";
import { NothingHere } from "./nothing-here.tsx";

/** When a page could not be made. The cause is in the app's log, never on the screen. */
export function TroublePage({ missing }: { readonly missing: boolean }) {
  return (
    <Page title={missing ? "There is no such page" : "This page could not be loaded"} narrowWidth>
      <Box paddingBlockEnd="800">
        <Card padding="0">
          <NothingHere
            heading={missing ? "Nothing is here" : "Something failed on our side"}
            text={
              missing
                ? "The address may be old or mistyped."
                : "Measuring goes on without this page, and your events are kept."
            }
            link={{ label: missing ? "Go to Home" : "Try again", url: "/app" }}
          />
        </Card>
      </Box>
    </Page>
  );
}
