import { errorAt } from "../../components/field-problems.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { ListedHook } from "../../server/lead-port-types.ts";
import type { FieldProblem } from "../../settings/types.ts";
import type { CardProps } from "./setup-page.tsx";

type Props = Pick<CardProps, "busy" | "onSubmit"> & {
  readonly hook: ListedHook;
  readonly problems: readonly FieldProblem[];
};

/** The form for the next secret of an address; the one before goes on for a while. */
export function RenewSecret({ hook, problems, busy, onSubmit }: Props) {
  const words = useWords();
  const { id, name, nextSecret } = hook;
  return (
    <form
      ref={useFocusOnProblem(problems)}
      method="post"
      onSubmit={onSubmit}
      aria-label={words.text("leadSetup.hooks.renew.of", { name })}
      noValidate
    >
      <input type="hidden" name="intent" value="renew-crm" />
      <input type="hidden" name="id" value={id} />
      <s-stack gap="small">
        <s-paragraph color="subdued">{words.text("leadSetup.hooks.renew.of", { name })}</s-paragraph>
        {nextSecret !== "made" && nextSecret !== null && (
          <s-password-field
            label={words.text("leadSetup.hooks.renew.secret")}
            details={words.text(`leadSetup.hooks.renew.${nextSecret}`)}
            name="secret"
            autocomplete="off"
            {...errorAt(words, problems, "secret")}
          />
        )}
        <s-button type="submit" {...(busy === "renew-crm" && { loading: true })}>
          {words.text("leadSetup.hooks.renew.save")}
        </s-button>
      </s-stack>
    </form>
  );
}
