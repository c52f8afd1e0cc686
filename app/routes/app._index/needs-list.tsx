import { type HelpQuestion, helpUrl } from "../../components/help-url.ts";
import { opens } from "../../components/question.tsx";
import { TestCodeQuestion, testCodeQuestion } from "../../components/test-code-question.tsx";
import { useWords } from "../../components/words-context.ts";
import { adviceIn } from "../../wording/advice.ts";
import { otherSenderIn } from "../../wording/other-senders-in-words.ts";
import { publishProblemIn } from "../../wording/publish-problem-in-words.ts";
import type { Words } from "../../wording/words.ts";
import type { Need } from "./needs.ts";
import { leavesTheApp, NEED_PLACES, type PlaceContext, placeOfSender, urlOf } from "./places.ts";
import type { TestCodeRemoval } from "./use-test-code-removal.ts";

type Props = {
  readonly needs: readonly Need[];
  readonly at: Omit<PlaceContext, "metaPixelId">;
  /** Null for people who may not change the settings. */
  readonly removal: TestCodeRemoval | null;
};

/** What needs the merchant, each with one thing to do about it. */
export function NeedsList({ needs, at, removal }: Props) {
  const words = useWords();
  if (needs.length === 0) return <s-paragraph color="subdued">{words.text("home.needs.none")}</s-paragraph>;
  return (
    <s-stack gap="small">
      {needs.map((need) => (
        <NeedBanner key={keyOf(need)} need={need} at={at} removal={removal} />
      ))}
    </s-stack>
  );
}

/** The same banner before and after it is known whether the embed is on. */
const keyOf = (need: Need): string => (need.kind === "embed-off" ? need.kind : JSON.stringify(need));

type BannerProps = Omit<Props, "needs"> & { readonly need: Need };

function NeedBanner({ need, at, removal }: BannerProps) {
  const words = useWords();
  const isRemoved = need.kind === "test-code" && removal !== null;
  return (
    <>
      <s-banner tone={TONES[need.kind]} heading={titleOf(words, need)} data-need={need.kind}>
        <s-paragraph>{textOf(words, need)}</s-paragraph>
        <HelpLink question={QUESTIONS[need.kind]} />
        <s-button
          slot="secondary-actions"
          {...(isRemoved ? removing(words, need.metaPixelId, removal) : leadingTo(need, at))}
        >
          {isRemoved ? words.text("testing.code.remove") : actionOf(words, need)}
        </s-button>
      </s-banner>
      {isRemoved && (
        <TestCodeQuestion
          pixelId={need.pixelId}
          metaPixelId={need.metaPixelId}
          action="/app/test"
          onSubmit={removal.onSubmit}
        />
      )}
    </>
  );
}

/** Of the button that removes a test event code on the spot. */
const removing = (words: Words, metaPixelId: string, { busy }: TestCodeRemoval) => ({
  ...opens(testCodeQuestion(metaPixelId)),
  accessibilityLabel: words.text("testing.code.remove.of", { pixel: metaPixelId }),
  ...(busy && { loading: true }),
});

/** Of the button that leads to where the need is met. */
function leadingTo(need: Need, at: Props["at"]) {
  const metaPixelId = "metaPixelId" in need ? need.metaPixelId : null;
  const place = need.kind === "other-sender" ? placeOfSender(need.sender) : NEED_PLACES[need.kind];
  const href = urlOf(place, { ...at, metaPixelId });
  return { href, ...(leavesTheApp(href) && { target: "_blank" as const }) };
}

function HelpLink({ question }: { readonly question: HelpQuestion | null }) {
  const words = useWords();
  return question && <s-link href={helpUrl(question)}>{words.text(`help.${question}.title`)}</s-link>;
}

/** What the Help page says about a need; null where the need says everything. */
const QUESTIONS = {
  "pixel-blocked": "token",
  "no-token": null,
  "settings-unpublished": null,
  "orders-never-came": "numbers",
  unreadable: null,
  "pixel-paused": null,
  "other-sender": "twice",
  "test-code": "test-code",
  "token-unconfirmed": null,
  "token-being-checked": null,
  "data-requests": null,
  "embed-off": "blockers",
  "unknown-answers": null,
} as const satisfies Record<Need["kind"], HelpQuestion | null>;

const TONES = {
  "pixel-blocked": "critical",
  "no-token": "critical",
  "settings-unpublished": "warning",
  "orders-never-came": "warning",
  unreadable: "warning",
  "pixel-paused": "warning",
  "other-sender": "warning",
  "test-code": "warning",
  "token-unconfirmed": "info",
  "token-being-checked": "info",
  "data-requests": "warning",
  "embed-off": "info",
  "unknown-answers": "info",
} as const satisfies Record<Need["kind"], "critical" | "warning" | "info">;

function titleOf(words: Words, need: Need): string {
  if (need.kind === "test-code") {
    return words.text("home.need.test-code.title", { metaPixelId: need.metaPixelId, code: need.code });
  }
  if ("metaPixelId" in need) return words.text(`home.need.${need.kind}.title`, { metaPixelId: need.metaPixelId });
  if ("orders" in need) return words.text("home.need.orders-never-came.title", { count: need.orders });
  if ("count" in need) return words.text(`home.need.${need.kind}.title`, { count: need.count });
  if (need.kind === "embed-off" && !need.isKnown) return words.text("home.need.embed-off.awaited");
  return words.text(`home.need.${need.kind}.title`);
}

function textOf(words: Words, need: Need): string {
  if (need.kind === "pixel-blocked") return blockedText(words, need);
  if (need.kind === "orders-never-came") return missingText(words, need.lost);
  if (need.kind === "settings-unpublished") {
    return words.text("home.need.settings-unpublished.text", { why: publishProblemIn(words, need.problem) });
  }
  if (need.kind === "embed-off") {
    return words.text(need.measuresNothing ? "home.need.embed-off.needed" : "home.need.embed-off.better");
  }
  if (need.kind === "other-sender") {
    return words.text("home.need.other-sender.text", { who: otherSenderIn(words, need.sender) });
  }
  return words.text(`home.need.${need.kind}.text`);
}

const missingText = (words: Words, lost: number): string =>
  lost === 0
    ? words.text("home.need.orders-never-came.added")
    : words.text("home.need.orders-never-came.lost", { count: lost });

function blockedText(words: Words, need: Extract<Need, { readonly kind: "pixel-blocked" }>): string {
  const why = need.why === null ? words.text("home.need.pixel-blocked.no-reason") : adviceIn(words, need.why);
  const waiting =
    need.firstExpiresAt === null
      ? words.text("home.need.pixel-blocked.none-waiting")
      : words.text("home.need.pixel-blocked.waiting", { count: need.waiting, until: words.time(need.firstExpiresAt) });
  return `${why} ${waiting}`;
}

function actionOf(words: Words, need: Need): string {
  if (need.kind !== "other-sender") return words.text(`home.need.${need.kind}.action`);
  return words.text(`home.need.other-sender.action.${placeOfSender(need.sender)}`);
}
