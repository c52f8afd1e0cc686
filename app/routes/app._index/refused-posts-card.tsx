import { useWords } from "../../components/words-context.ts";
import type { RefusedBecause } from "../../ledger/collector-refusal-types.ts";
import type { SetupFacts } from "../../ledger/types.ts";
import type { Words } from "../../wording/words.ts";

/** Posts that the collector refused for this shop. A few come from strangers and bots; many point to a fault. */
export function RefusedPostsCard({ refused }: { readonly refused: SetupFacts["refusedPosts"] }) {
  const words = useWords();
  return (
    <s-section heading={words.text("home.refused-posts.title")}>
      <s-paragraph color="subdued">{words.text("home.refused-posts.text")}</s-paragraph>
      <s-unordered-list>
        {refused.map(({ reason, posts }) => (
          <s-list-item key={reason}>
            {words.text("home.refused-posts.line", { posts, because: becauseIn(words, reason) })}
          </s-list-item>
        ))}
      </s-unordered-list>
    </s-section>
  );
}

/** A reason of an older version is shown unchanged. */
function becauseIn(words: Words, reason: string): string {
  const key = `home.refused.${reason}` satisfies `home.refused.${RefusedBecause}` | `home.refused.${string}`;
  return words.isKey(key) && isRefusal(key) ? words.text(key) : reason;
}

const isRefusal = (key: string): key is `home.refused.${RefusedBecause}` => key.startsWith("home.refused.");
