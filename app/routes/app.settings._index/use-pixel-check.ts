import { useCallback, useEffect, useRef, useState } from "react";
import { showToast } from "../../components/app-bridge.ts";
import { type SettingsOutcome, toastFor } from "../../components/settings/settings-outcome.ts";
import { type Fetcher, useFollowed } from "../../components/use-followed.ts";
import { useWords } from "../../components/words-context.ts";
import type { PixelId } from "../../settings/types.ts";
import type { Words } from "../../wording/words.ts";
import type { PixelCheckEnd } from "../app.pixel-check.tsx";

/** Checks of tokens with Meta, one at a time. */
export type PixelCheck = {
  /** The pixel being checked. */
  readonly checking: PixelId | null;
  /** Whether that is what the form sent. */
  readonly isOfForm: boolean;
  /** How the check of what the form sent last ended; null until then. */
  readonly endOfForm: PixelCheckEnd | null;
  /** The app could not be reached. */
  readonly isLost: boolean;
  readonly start: (id: PixelId) => void;
};

type Started = { readonly id: PixelId; readonly isOfForm: boolean };
type Ended = { readonly connected: SettingsOutcome; readonly end: PixelCheckEnd };

/** Follows what Meta is asked about a pixel's token: after the form was sent, and on a click. Says what it answers. */
export function usePixelCheck(outcome: SettingsOutcome | null): PixelCheck {
  const words = useWords();
  const pixel = useRef<PixelId>("");
  const [started, setStarted] = useState<Started | null>(null);
  const [ended, setEnded] = useState<Ended | null>(null);
  const ask = useCallback(
    (fetcher: Fetcher) =>
      fetcher.submit({ destinationId: pixel.current }, { method: "post", action: "/app/pixel-check" }),
    [],
  );
  const { isRunning, result, start } = useFollowed<PixelCheckEnd>(ask);
  const begin = (id: PixelId, isOfForm: boolean): void => {
    pixel.current = id;
    setStarted({ id, isOfForm });
    start();
  };
  useEffect(() => {
    if (outcome?.kind === "pixel-connected") begin(outcome.pixelId, true);
    // Once for each form that was sent, whatever is rendered meanwhile.
  }, [outcome]);
  useEffect(() => {
    if (result === undefined || started === null) return;
    announce(result, started, words);
    if (started.isOfForm && outcome !== null) setEnded({ connected: outcome, end: result });
    // Once for each result.
  }, [result, words]);
  const running = isRunning ? started : null;
  return {
    checking: running?.id ?? null,
    isOfForm: running?.isOfForm === true,
    endOfForm: ended?.connected === outcome ? ended.end : null,
    isLost: isLostEnd(result),
    start: (id) => begin(id, false),
  };
}

const isLostEnd = (end: PixelCheckEnd | undefined): boolean => end?.kind === "checked" && end.answer === "lost";

function announce(end: PixelCheckEnd, { isOfForm }: Started, words: Words): void {
  const { message, isError } = toastFor(
    end.kind === "checked"
      ? { kind: "pixel-checked", answer: end.answer, ofForm: isOfForm }
      : { kind: "pixel-missing" },
    words,
  );
  showToast(message, isError);
}
