import { Box, Card, Page } from "@shopify/polaris";
import { NothingHere } from "./nothing-here.tsx";

/** Shown when a page fails. The cause is in the app's log, never on the screen. */
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
                : "Tandem keeps measuring, and your events are kept. Try again in a moment."
            }
            link={{ label: missing ? "Go to Home" : "Try again", url: "/app" }}
          />
        </Card>
      </Box>
    </Page>
  );
}
