import { BlockStack, Box, Layout, Page } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { Destination, ShopProfile } from "../settings/types.ts";
import { MeasurementForm } from "./measurement-form.tsx";
import { PixelForm } from "./pixel-form.tsx";
import { PixelList } from "./pixel-list.tsx";
import { PublishNote } from "./publish-note.tsx";
import type { SettingsOutcome } from "./settings-outcome.ts";

export type SettingsProps = {
  readonly profile: ShopProfile;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
  readonly outcome: SettingsOutcome | null;
  /** The form being sent right now. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Settings: the pixels, and what an event says. Tokens go in and never come out. */
export function SettingsPage({ profile, publish, outcome, busy, onSubmit }: SettingsProps) {
  const [replacing, setReplacing] = useState<Destination | null>(null);
  const [formNumber, setFormNumber] = useState(0);
  const startReplacing = (pixel: Destination) => {
    setReplacing(pixel);
    setFormNumber(formNumber + 1);
  };
  // A form starts afresh once its content is stored: the token leaves the page, and the fields show what was saved.
  const connectedKey = profile.destinations.map((pixel) => `${pixel.pixelId}${pixel.testEventCode ?? ""}`).join();
  return (
    <Page title="Settings">
      <Box paddingBlockEnd="800">
        <Layout>
          <Layout.AnnotatedSection
            id="pixels"
            title="Meta pixels"
            description="Where events go. Every connected pixel gets every event, from the browser and from the server."
          >
            <BlockStack gap="400">
              {profile.destinations.length > 0 && (
                <PixelList pixels={profile.destinations} busy={busy} onSubmit={onSubmit} onReplace={startReplacing} />
              )}
              <PixelForm
                key={`${connectedKey}/${String(formNumber)}`}
                pixels={profile.destinations}
                replacing={replacing}
                problems={outcome?.kind === "pixel-invalid" ? outcome.problems : []}
                busy={busy === "connect-pixel"}
                onSubmit={onSubmit}
              />
            </BlockStack>
          </Layout.AnnotatedSection>
          <Layout.AnnotatedSection
            id="measurement"
            title="Measurement"
            description="What an event says. Browser and server follow the same rules, so that both report the same purchase."
          >
            <BlockStack gap="400">
              <MeasurementForm
                key={profile.settings.version}
                settings={profile.settings}
                problems={outcome?.kind === "settings-invalid" ? outcome.problems : []}
                busy={busy === "save-settings"}
                onSubmit={onSubmit}
              />
              <PublishNote version={profile.settings.version} publish={publish} />
            </BlockStack>
          </Layout.AnnotatedSection>
        </Layout>
      </Box>
    </Page>
  );
}
