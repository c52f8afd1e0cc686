import type { FormEventHandler } from "react";
import { opens, Question } from "../../components/question.tsx";
import { useWords } from "../../components/words-context.ts";
import type { Pixel } from "../../settings/types.ts";
import type { PixelCheck } from "./use-pixel-check.ts";

/** How a pixel's forms are sent. */
export type PixelSender = {
  readonly check: PixelCheck;
  /** The form being sent. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

type Props = PixelSender & {
  readonly pixel: Pixel;
  readonly mayDisconnect: boolean;
  readonly onReplace: (pixel: Pixel) => void;
  readonly onLimit: () => void;
};

/** What a merchant can do with a connected pixel. */
export function PixelButtons({ pixel, mayDisconnect, busy, check, onSubmit, onReplace, onLimit }: Props) {
  const words = useWords();
  const named = { pixel: pixel.metaPixelId };
  const send = { pixel, onSubmit, busy };
  return (
    <s-stack direction="inline" gap="small-100">
      <s-button onClick={() => onReplace(pixel)} accessibilityLabel={words.text("pixels.replace-token-of", named)}>
        {words.text("pixels.replace-token")}
      </s-button>
      <s-button onClick={onLimit} accessibilityLabel={words.text("pixels.limits.of", named)}>
        {words.text("pixels.limits")}
      </s-button>
      {pixel.hasToken && pixel.state !== "paused" && <CheckButton pixel={pixel} check={check} />}
      {pixel.state === "paused" && <ResumeButton {...send} />}
      {pixel.state === "active" && (
        <AskingButton
          {...send}
          intent="pause-pixel"
          label={words.text("pixels.pause-pixel")}
          name={words.text("pixels.pause-pixel.of", named)}
          heading={words.text("pixels.pause.heading", named)}
          consequence={words.text("pixels.pause.ask")}
          confirm={words.text("pixels.pause.confirm")}
        />
      )}
      {mayDisconnect && (
        <AskingButton
          {...send}
          intent="disconnect-pixel"
          label={words.text("pixels.disconnect")}
          name={words.text("pixels.disconnect-of", named)}
          heading={words.text("pixels.disconnect.heading", named)}
          consequence={words.text("pixels.disconnect.ask")}
          confirm={words.text("pixels.disconnect-pixel", named)}
        />
      )}
    </s-stack>
  );
}

type SendProps = Omit<PixelSender, "check"> & { readonly pixel: Pixel };

/** Meta is asked about one pixel at a time. */
function CheckButton({ pixel, check: { checking, start } }: { readonly pixel: Pixel; readonly check: PixelCheck }) {
  const words = useWords();
  return (
    <s-button
      onClick={() => start(pixel.id)}
      accessibilityLabel={words.text("pixels.check-pixel.of", { pixel: pixel.metaPixelId })}
      {...(checking === pixel.id && { loading: true })}
      {...(checking !== null && checking !== pixel.id && { disabled: true })}
    >
      {words.text("pixels.check-pixel")}
    </s-button>
  );
}

/** A form of one button. */
function ResumeButton({ pixel, onSubmit, busy }: SendProps) {
  const words = useWords();
  const intent = "resume-pixel";
  return (
    <form method="post" onSubmit={onSubmit}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="destinationId" value={pixel.id} />
      <s-button
        type="submit"
        accessibilityLabel={words.text(`pixels.${intent}.of`, { pixel: pixel.metaPixelId })}
        {...(busy === intent && { loading: true })}
      >
        {words.text(`pixels.${intent}`)}
      </s-button>
    </form>
  );
}

type AskingProps = SendProps & {
  readonly intent: "pause-pixel" | "disconnect-pixel";
  readonly label: string;
  /** Of the button, with the pixel. */
  readonly name: string;
  readonly heading: string;
  /** What happens to the pixel's events. */
  readonly consequence: string;
  readonly confirm: string;
};

/** A button that asks first, in a modal. */
function AskingButton({ pixel, onSubmit, busy, intent, label, name, heading, consequence, confirm }: AskingProps) {
  const id = `${intent}-${pixel.metaPixelId}`;
  const isCritical = intent === "disconnect-pixel";
  return (
    <>
      <s-button
        {...opens(id)}
        accessibilityLabel={name}
        {...(isCritical && { tone: "critical" as const })}
        {...(busy === intent && { loading: true })}
      >
        {label}
      </s-button>
      <Question
        {...{ id, heading, consequence, confirm, isCritical, onSubmit }}
        fields={{ intent, destinationId: pixel.id, pixelId: pixel.metaPixelId }}
      />
    </>
  );
}
