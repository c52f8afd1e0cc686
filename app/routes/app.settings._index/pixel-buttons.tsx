import { type FormEventHandler, useState } from "react";
import { useWords } from "../../components/words-context.ts";
import type { Pixel } from "../../settings/types.ts";

/** How a pixel's forms are sent. */
export type PixelSender = {
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
export function PixelButtons({ pixel, mayDisconnect, busy, onSubmit, onReplace, onLimit }: Props) {
  const words = useWords();
  const [asking, setAsking] = useState(false);
  const named = { pixel: pixel.metaPixelId };
  const send = { pixel, onSubmit, busy };
  if (asking) return <Disconnect {...send} onKeep={() => setAsking(false)} />;
  return (
    <s-stack direction="inline" gap="small-100">
      <s-button onClick={() => onReplace(pixel)} accessibilityLabel={words.text("pixels.replace-token-of", named)}>
        {words.text("pixels.replace-token")}
      </s-button>
      <s-button onClick={onLimit} accessibilityLabel={words.text("pixels.limits.of", named)}>
        {words.text("pixels.limits")}
      </s-button>
      {pixel.state === "paused" && <IntentButton {...send} intent="resume-pixel" />}
      {pixel.state === "active" && <IntentButton {...send} intent="pause-pixel" />}
      {mayDisconnect && (
        <s-button
          onClick={() => setAsking(true)}
          tone="critical"
          accessibilityLabel={words.text("pixels.disconnect-of", named)}
        >
          {words.text("pixels.disconnect")}
        </s-button>
      )}
    </s-stack>
  );
}

type SendProps = PixelSender & { readonly pixel: Pixel };

function Disconnect({ onKeep, ...send }: SendProps & { readonly onKeep: () => void }) {
  const words = useWords();
  return (
    <s-stack gap="small-100">
      <s-paragraph>{words.text("pixels.disconnect.ask", { pixel: send.pixel.metaPixelId })}</s-paragraph>
      <s-stack direction="inline" gap="small-100">
        <IntentButton {...send} intent="disconnect-pixel" />
        <s-button onClick={onKeep}>{words.text("pixels.keep")}</s-button>
      </s-stack>
    </s-stack>
  );
}

type IntentProps = SendProps & { readonly intent: "pause-pixel" | "resume-pixel" | "disconnect-pixel" };

/** A form of one button. */
function IntentButton({ pixel, onSubmit, busy, intent }: IntentProps) {
  const words = useWords();
  const named = { pixel: pixel.metaPixelId };
  return (
    <form method="post" onSubmit={onSubmit}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="destinationId" value={pixel.id} />
      <input type="hidden" name="pixelId" value={pixel.metaPixelId} />
      <s-button
        type="submit"
        accessibilityLabel={words.text(`pixels.${intent}.of`, named)}
        {...(busy === intent && { loading: true })}
        {...(intent === "disconnect-pixel" && { tone: "critical", variant: "primary" })}
      >
        {words.text(`pixels.${intent}`, named)}
      </s-button>
    </form>
  );
}
