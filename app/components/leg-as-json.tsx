import { UNSHOWN } from "../wording/unshown.ts";
import { useWords } from "./words-context.ts";

type Props = { readonly name: string; readonly json: string };

/** What a leg sends, as JSON that the server has written. */
export function LegAsJson({ name, json }: Props) {
  const words = useWords();
  return (
    <>
      <div role="region" aria-label={name} tabIndex={0} style={SCROLLING}>
        <pre style={{ margin: 0 }}>{json}</pre>
      </div>
      {json.includes(`"${UNSHOWN}"`) && (
        <s-paragraph color="subdued">{words.text("dryRun.unshown", { sign: UNSHOWN })}</s-paragraph>
      )}
    </>
  );
}

const SCROLLING = { overflow: "auto", maxHeight: "24rem" } as const;
