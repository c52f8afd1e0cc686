import { BlockStack, Box, Layout, Page } from "@shopify/polaris";
import { type FormEventHandler, type ReactNode, useEffect, useState } from "react";
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
  const startAfresh = (pixel: Destination | null) => {
    setReplacing(pixel);
    setFormNumber((number) => number + 1);
  };
  // Once the token is stored it leaves the page.
  useEffect(() => {
    if (outcome?.kind === "pixel-connected") startAfresh(null);
  }, [outcome]);
  return (
    <Page title="Settings">
      <Box paddingBlockEnd="800">
        <Layout>
          <Section id="pixels" title="Meta pixels" description={PIXELS}>
            {profile.destinations.length > 0 && (
              <PixelList pixels={profile.destinations} busy={busy} onSubmit={onSubmit} onReplace={startAfresh} />
            )}
            <PixelForm
              key={formNumber}
              pixels={profile.destinations}
              replacing={replacing}
              problems={outcome?.kind === "pixel-invalid" ? outcome.problems : []}
              busy={busy === "connect-pixel"}
              onSubmit={onSubmit}
            />
          </Section>
          <Section id="measurement" title="Measurement" description={MEASUREMENT}>
            <MeasurementForm
              key={profile.settings.version}
              settings={profile.settings}
              problems={outcome?.kind === "settings-invalid" ? outcome.problems : []}
              busy={busy === "save-settings"}
              onSubmit={onSubmit}
            />
            <PublishNote version={profile.settings.version} publish={publish} />
          </Section>
        </Layout>
      </Box>
    </Page>
  );
}

const PIXELS = "Where events go. Every connected pixel gets every event, from the browser and from the server.";
const MEASUREMENT =
  "What an event says. Browser and server follow the same rules, so that both report the same purchase.";

type SectionProps = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly children: ReactNode;
};

function Section({ id, title, description, children }: SectionProps) {
  return (
    <Layout.AnnotatedSection id={id} title={title} description={description}>
      <BlockStack gap="400">{children}</BlockStack>
    </Layout.AnnotatedSection>
  );
}
