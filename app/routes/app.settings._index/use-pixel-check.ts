import { useCallback, useEffect, useRef, useState } from "react";
import { showToast } from "../../components/app-bridge.ts";
import { toastFor } from "../../components/settings/settings-outcome.ts";
import { type Fetcher, useFollowed } from "../../components/use-followed.ts";
import { useWords } from "../../components/words-context.ts";
import type { PixelId } from "../../settings/types.ts";
import type { PixelCheckEnd } from "../app.pixel-check.tsx";

/** Checks of tokens with Meta, one at a time. */
export type PixelCheck = {
  /** The pixel being checked. */
  readonly checking: PixelId | null;
  readonly start: (id: PixelId) => void;
};

/** Has Meta asked about a pixel's token, and says what it answers. */
export function usePixelCheck(): PixelCheck {
  const words = useWords();
  const pixel = useRef<PixelId>("");
  const [checked, setChecked] = useState<PixelId | null>(null);
  const ask = useCallback(
    (fetcher: Fetcher) =>
      fetcher.submit({ destinationId: pixel.current }, { method: "post", action: "/app/pixel-check" }),
    [],
  );
  const { isRunning, result, start } = useFollowed<PixelCheckEnd>(ask);
  useEffect(() => {
    if (result === undefined) return;
    const { message, isError } = toastFor(
      result.kind === "checked" ? { ...result, kind: "pixel-checked" } : { kind: "pixel-missing" },
      words,
    );
    showToast(message, isError);
  }, [result, words]);
  return {
    checking: isRunning ? checked : null,
    start: (id) => {
      pixel.current = id;
      setChecked(id);
      start();
    },
  };
}
