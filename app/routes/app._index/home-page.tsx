import { helpUrl } from "../../components/help-url.ts";
import { useWords } from "../../components/words-context.ts";
import type { HomeView } from "../../server/admin-ports.ts";
import { ChartsSection, type ChartsProps } from "./charts-section.tsx";
import { FiguresSection, type FiguresProps } from "./figures-section.tsx";
import { needsOf } from "./needs.ts";
import { NeedsList } from "./needs-list.tsx";
import type { OrderAccount } from "./order-account.ts";
import { OrderSentence } from "./order-sentence.tsx";
import { OrdersComparedCard } from "./orders-compared-card.tsx";
import { RefusedPostsCard } from "./refused-posts-card.tsx";
import { SetupGuide } from "./setup-guide.tsx";
import { type EmbedState, setupSteps } from "./setup-steps.ts";
import type { TestCodeRemoval } from "./use-test-code-removal.ts";

export type HomeProps = Pick<HomeView, "profile" | "facts" | "reconciliation" | "filesToDownload" | "open"> &
  FiguresProps &
  ChartsProps & {
    readonly publish: Pick<HomeView["publish"], "publishedVersion" | "problem">;
    readonly account: OrderAccount;
    readonly embed: EmbedState;
    readonly apiKey: string;
    readonly removal: TestCodeRemoval | null;
  };

/** Home: what became of the orders, what needs the merchant, and what happened. */
export function HomePage({ account, apiKey, removal, ...view }: HomeProps) {
  const words = useWords();
  const { profile, facts, publish, reconciliation, embed } = view;
  const mode = profile.settings.storefrontMode;
  const steps = setupSteps({ facts, embed, mode, publishProblem: publish.problem });
  const at = { shop: profile.shop, apiKey };
  return (
    <s-page heading={words.text("frame.page.home")} inlineSize="base">
      <OrderSentence account={account} />
      <NeedsList needs={needsOf(view)} at={at} removal={removal} />
      <FiguresSection period={view.period} present={view.present} before={view.before} />
      <ChartsSection charts={view.charts} period={view.period} />
      <SetupGuide steps={steps} at={{ ...at, metaPixelId: profile.pixels[0]?.metaPixelId ?? null }} />
      {reconciliation !== null && <OrdersComparedCard state={reconciliation} />}
      {facts.refusedPosts.length > 0 && <RefusedPostsCard refused={facts.refusedPosts} />}
      <s-paragraph color="subdued">{words.text("home.no-ratings")}</s-paragraph>
      <s-stack direction="inline" gap="base">
        <s-link href={helpUrl("ads")}>{words.text("help.ads.title")}</s-link>
        <s-link href={helpUrl("numbers")}>{words.text("help.numbers.title")}</s-link>
      </s-stack>
    </s-page>
  );
}
