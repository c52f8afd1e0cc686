import type { ReconcileState, SetupFacts } from "../../ledger/types.ts";
import type { ShopProfile } from "../../settings/types.ts";
import { HomeBanners } from "./home-banners.tsx";
import { OrdersComparedCard } from "./orders-compared-card.tsx";
import { RefusedPostsCard } from "./refused-posts-card.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { type EmbedState, setupSteps } from "./setup-steps.ts";
import { themeEditorUrl } from "./theme-editor-url.ts";

export type HomeProps = {
  readonly profile: ShopProfile;
  readonly facts: SetupFacts;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
  readonly reconciliation: ReconcileState | null;
  readonly filesToDownload: number;
  readonly embed: EmbedState;
  readonly apiKey: string;
};

/** Home: problems, the setup guide, and what Tandem is for. */
export function HomePage({ profile, facts, publish, reconciliation, filesToDownload, embed, apiKey }: HomeProps) {
  const mode = profile.settings.storefrontMode;
  const steps = setupSteps({ facts, embed, mode, publishProblem: publish.problem });
  const links = {
    settings: "/app/settings",
    events: "/app/events",
    "theme-editor": themeEditorUrl(profile.shop, apiKey),
    storefront: `https://${profile.shop}/`,
  };
  return (
    <s-page heading="Home" inlineSize="small">
      <HomeBanners
        profile={profile}
        publish={publish}
        filesToDownload={filesToDownload}
        quarantined={facts.quarantined}
        unknownAnswers={facts.unknownAnswers}
        otherSenders={facts.otherSenders}
      />
      <SetupGuide steps={steps} links={links} />
      {reconciliation !== null && <OrdersComparedCard state={reconciliation} />}
      {facts.refusedPosts.length > 0 && <RefusedPostsCard refused={facts.refusedPosts} />}
      <s-paragraph color="subdued">
        Tandem shows whether events arrived, matched and agreed. It does not rate your ads.
      </s-paragraph>
    </s-page>
  );
}
