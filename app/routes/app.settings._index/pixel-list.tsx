import { useState } from "react";
import type { SaveTrouble } from "../../components/settings/settings-outcome.ts";
import { opens } from "../../components/question.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { TestCodeQuestion, testCodeQuestion } from "../../components/test-code-question.tsx";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Pixel } from "../../settings/types.ts";
import { reasonIn } from "../../wording/reasons.ts";
import { type Wording, stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";
import { PixelButtons, type PixelSender } from "./pixel-buttons.tsx";
import { limitsIn, PixelLimits } from "./pixel-limits.tsx";

type Refused = { readonly metaPixelId: string; readonly problems: readonly FieldProblem[] };

type Props = PixelSender & {
  /** The limits that were not saved, and why. */
  readonly refused: Refused | null;
  readonly trouble: SaveTrouble | null;
  readonly pixels: readonly Pixel[];
  /** Meta's numbers of the pixels whose token Meta has not confirmed. */
  readonly unconfirmed: readonly string[];
  /** Those whose token Meta is being asked about, on whatever page somebody wanted to know. */
  readonly beingChecked: readonly string[];
  readonly mayDisconnect: boolean;
  readonly onReplace: (pixel: Pixel) => void;
};

/** The connected pixels: each one's state, the reason, and what the merchant can do. */
export function PixelList({ pixels, ...shared }: Props) {
  const words = useWords();
  return (
    <s-section heading={words.text("pixels.connected")}>
      {pixels.map((pixel) => (
        <PixelLine key={pixel.id} pixel={pixel} {...shared} />
      ))}
    </s-section>
  );
}

type LineProps = Omit<Props, "pixels"> & { readonly pixel: Pixel };

function PixelLine(line: LineProps) {
  const words = useWords();
  const { pixel } = line;
  const { metaPixelId, state, stateReason, hasToken, testEventCode } = pixel;
  const wording =
    line.check.checking === pixel.id || line.beingChecked.includes(metaPixelId)
      ? beingChecked(words)
      : wordingOf(words, pixel, line.unconfirmed.includes(metaPixelId));
  return (
    <s-section accessibilityLabel={words.text("pixels.pixel", { pixel: metaPixelId })}>
      <s-stack gap="small-100">
        <s-stack direction="inline" gap="small-100" alignItems="center">
          <s-heading>{metaPixelId}</s-heading>
          <StateBadge wording={wording} />
        </s-stack>
        <s-paragraph color="subdued">
          {state === "blocked" && stateReason !== null ? `${reasonIn(words, stateReason)} ` : ""}
          {wording.meaning}
        </s-paragraph>
        <s-paragraph color="subdued">
          {words.text(hasToken ? "pixels.token-stored" : "pixels.no-token")}
          {testEventCode !== null && ` ${words.text("pixels.test-code-set", { code: testEventCode })}`}{" "}
          {limitsIn(words, pixel)}
        </s-paragraph>
        {testEventCode !== null && <RemoveTestCode pixel={pixel} busy={line.busy} onSubmit={line.onSubmit} />}
        <PixelActions {...line} />
      </s-stack>
    </s-section>
  );
}

function RemoveTestCode({ pixel, busy, onSubmit }: Pick<LineProps, "pixel" | "busy" | "onSubmit">) {
  const words = useWords();
  const { id, metaPixelId } = pixel;
  return (
    <s-stack direction="inline">
      <s-button
        {...opens(testCodeQuestion(metaPixelId))}
        accessibilityLabel={words.text("testing.code.remove.of", { pixel: metaPixelId })}
        {...(busy === "remove-test-code" && { loading: true })}
      >
        {words.text("testing.code.remove")}
      </s-button>
      <TestCodeQuestion pixelId={id} metaPixelId={metaPixelId} onSubmit={onSubmit} />
    </s-stack>
  );
}

const beingChecked = (words: Words): Wording => ({
  label: words.text("pixels.checking"),
  tone: "caution",
  meaning: words.text("pixels.checking.meaning"),
});

/** Its state; one that nobody has checked yet, or that lacks its server leg, is not shown as working. */
function wordingOf(words: Words, { state, hasToken }: Pixel, isUnconfirmed: boolean): Wording {
  const wording = stateWording(words, "pixel", state);
  if (state !== "active") return wording;
  if (!hasToken) return { label: words.text("pixels.without-token"), tone: "caution", meaning: wording.meaning };
  if (!isUnconfirmed) return wording;
  return { label: words.text("pixels.unchecked"), tone: "caution", meaning: words.text("pixels.unchecked.meaning") };
}

/** The limits form while it is open, else the buttons. A save closes it, because it replaces the pixel it shows. */
function PixelActions({ refused, trouble, ...line }: LineProps) {
  const words = useWords();
  const { pixel, busy, onSubmit } = line;
  const now = limitsIn(words, pixel);
  const [openWith, setOpenWith] = useState<string | null | undefined>(undefined);
  const problems = refused?.metaPixelId === pixel.metaPixelId ? refused.problems : NO_PROBLEMS;
  if (openWith === undefined || openWith !== now) return <PixelButtons {...line} onLimit={() => setOpenWith(now)} />;
  return (
    <PixelLimits
      pixel={pixel}
      problems={problems}
      trouble={trouble}
      busy={busy === "filter-pixel"}
      onSubmit={onSubmit}
      onClose={() => setOpenWith(undefined)}
    />
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];
