import { useWords } from "../../components/words-context.ts";
import type { Words } from "../../wording/words.ts";
import { eventsOf } from "./events-of.ts";
import { ACCOUNTED_DAYS, type OrderAccount, type OrderCounts } from "./order-account.ts";

const NOT_SENT = { event: "Purchase", legs: "none" } as const;

/** What became of every order of the last days, in one sentence, and how far that is certain. */
export function OrderSentence({ account }: { readonly account: OrderAccount }) {
  const words = useWords();
  const doubt = account.kind === "orders" ? account.doubt : null;
  const comparedUntil = account.kind === "orders" ? account.comparedUntil : null;
  return (
    <s-section accessibilityLabel={words.text("home.account.title")}>
      <s-heading>{sentenceOf(words, account)}</s-heading>
      {account.kind === "orders" && account.counts.notSent > 0 && (
        <s-link href={eventsOf("7d", NOT_SENT)}>{words.text("home.account.see")}</s-link>
      )}
      {doubt !== null && <s-paragraph>{words.text(`home.account.doubt.${doubt}`)}</s-paragraph>}
      {comparedUntil !== null && (
        <s-paragraph color="subdued">
          {words.text("home.account.compared", { at: words.time(comparedUntil) })}
        </s-paragraph>
      )}
    </s-section>
  );
}

/** True by what is known: without doubt about any order it speaks of every one. */
export function sentenceOf(words: Words, account: OrderAccount): string {
  if (account.kind === "not-connected") return words.text("home.account.not-connected");
  const { counts, doubt, sinceInstallation } = account;
  const days = ACCOUNTED_DAYS;
  const parts = partsOf(words, counts);
  if (doubt !== null) {
    return parts.length === 0
      ? words.text("home.account.doubtful.none", { days })
      : words.text("home.account.doubtful", { days, parts: words.list(parts) });
  }
  if (parts.length === 0) {
    return sinceInstallation
      ? words.text("home.account.proven.none.young")
      : words.text("home.account.proven.none", { days });
  }
  return sinceInstallation
    ? words.text("home.account.proven.young", { parts: words.list(parts) })
    : words.text("home.account.proven", { days, parts: words.list(parts) });
}

const PARTS = ["sent", "notSent", "waiting", "onTheWay", "needYou"] as const satisfies readonly (keyof OrderCounts)[];

const partsOf = (words: Words, counts: OrderCounts): readonly string[] =>
  PARTS.filter((part) => counts[part] > 0).map((part) =>
    words.text(`home.account.part.${part}`, { count: counts[part] }),
  );
