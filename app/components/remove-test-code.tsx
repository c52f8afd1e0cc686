import type { FormEventHandler } from "react";
import { useWords } from "./words-context.ts";

type Props = {
  /** Of the pixel. */
  readonly id: string;
  readonly metaPixelId: string;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Removes a pixel's test event code and nothing else. Whatever page it stands on, the Test page's action answers it. */
export function RemoveTestCode({ id, metaPixelId, busy, onSubmit }: Props) {
  const words = useWords();
  const label = words.text("testing.code.remove.of", { pixel: metaPixelId });
  return (
    <form method="post" action="/app/test" onSubmit={onSubmit} aria-label={label}>
      <input type="hidden" name="intent" value="remove-test-code" />
      <input type="hidden" name="destinationId" value={id} />
      <s-button type="submit" accessibilityLabel={label} {...(busy && { loading: true })}>
        {words.text("testing.code.remove")}
      </s-button>
    </form>
  );
}
