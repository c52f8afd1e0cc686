import { errorAt } from "../../components/field-problems.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { ApiKeyFacts } from "../../leads/api-keys.server.ts";
import type { FieldProblem } from "../../settings/types.ts";
import type { Words } from "../../wording/words.ts";
import { RevokeButton } from "./revoke-button.tsx";
import type { CardProps } from "./setup-page.tsx";
import { ShownOnce } from "./shown-once.tsx";

const NO_PROBLEMS: readonly FieldProblem[] = [];

type Props = CardProps & { readonly keys: readonly ApiKeyFacts[] };

/** The keys of the merchant's own programs. */
export function KeysCard({ keys, outcome, mayChange, busy, onSubmit, onAct }: Props) {
  const words = useWords();
  const { text } = words;
  const problems = outcome?.kind === "key-invalid" ? outcome.problems : NO_PROBLEMS;
  const form = useFocusOnProblem(problems);
  return (
    <s-section heading={text("leadSetup.keys")}>
      <s-paragraph color="subdued">{text("leadSetup.keys.text")}</s-paragraph>
      {outcome?.kind === "key-made" && (
        <ShownOnce heading={text("leadSetup.keys.once")} values={[[text("leadSetup.keys"), outcome.key]]} />
      )}
      {keys.length > 0 && <KeyTable keys={keys} mayChange={mayChange} onAct={onAct} />}
      {mayChange && (
        <form ref={form} method="post" onSubmit={onSubmit} aria-label={text("leadSetup.keys.make")} noValidate>
          <input type="hidden" name="intent" value="make-key" />
          <s-stack direction="inline" gap="small" alignItems="end">
            <s-text-field
              label={text("leadSetup.keys.name")}
              name="name"
              autocomplete="off"
              {...errorAt(words, problems, "name")}
            />
            <s-button type="submit" {...(busy === "make-key" && { loading: true })}>
              {text("leadSetup.keys.make")}
            </s-button>
          </s-stack>
        </form>
      )}
    </s-section>
  );
}

function KeyTable({ keys, mayChange, onAct }: Pick<Props, "keys" | "mayChange" | "onAct">) {
  const { text } = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{text("leadSetup.keys.name")}</s-table-header>
        <s-table-header>{text("leadSetup.keys.used")}</s-table-header>
        <s-table-header listSlot="inline">{text("leadSetup.keys.state")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {keys.map((key) => (
          <KeyRow key={key.id} row={key} mayChange={mayChange} onAct={onAct} />
        ))}
      </s-table-body>
    </s-table>
  );
}

function KeyRow({ row, mayChange, onAct }: { readonly row: ApiKeyFacts } & Pick<Props, "mayChange" | "onAct">) {
  const words = useWords();
  const { text } = words;
  const { id, name, lastUsedAt, revokedAt } = row;
  return (
    <s-table-row data-key={id}>
      <s-table-cell>{name}</s-table-cell>
      <s-table-cell>{lastUsedAt === null ? text("leadSetup.keys.never") : <LocalTime at={lastUsedAt} />}</s-table-cell>
      <s-table-cell>
        <s-stack direction="inline" gap="small-300" alignItems="center">
          <s-text>{stateIn(words, row, new Date())}</s-text>
          {mayChange && revokedAt === null && (
            <>
              <s-button
                accessibilityLabel={text("leadSetup.keys.rotate.of", { name })}
                onClick={() => onAct({ intent: "rotate-key", id })}
              >
                {text("leadSetup.keys.rotate")}
              </s-button>
              <RevokeButton name={name} onRevoke={() => onAct({ intent: "revoke-key", id })} />
            </>
          )}
        </s-stack>
      </s-table-cell>
    </s-table-row>
  );
}

function stateIn(words: Words, { revokedAt, expiresAt }: ApiKeyFacts, now: Date): string {
  if (revokedAt !== null) return words.text("leadSetup.keys.revoked");
  if (expiresAt === null) return words.text("leadSetup.keys.works");
  return expiresAt <= now
    ? words.text("leadSetup.keys.expired")
    : words.text("leadSetup.keys.until", { at: words.time(expiresAt) });
}
