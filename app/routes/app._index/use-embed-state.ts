import { useEffect, useState } from "react";
import { embedState } from "../../components/app-bridge.ts";
import type { EmbedState } from "./setup-steps.ts";

/** The theme embed's state, queried again when the merchant returns from the theme editor's tab. */
export function useEmbedState(): EmbedState {
  const [state, setState] = useState<EmbedState>("awaited");
  useEffect(() => {
    let mounted = true;
    const ask = () => {
      void embedState().then((answer) => {
        if (mounted) setState(answer);
      });
    };
    ask();
    window.addEventListener("focus", ask);
    return () => {
      mounted = false;
      window.removeEventListener("focus", ask);
    };
  }, []);
  return state;
}
