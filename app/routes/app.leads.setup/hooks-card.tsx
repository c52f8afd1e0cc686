import { useState } from "react";
import { errorAt, ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { LocalTime } from "../../components/local-time.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useWords } from "../../components/words-context.ts";
import type { ListedHook } from "../../server/lead-port-types.ts";
import { HOOK_PRESETS } from "../../leads/hooks/types.ts";
import type { FieldProblem } from "../../settings/types.ts";
import { MappingFields } from "./mapping-fields.tsx";
import { RenewSecret } from "./renew-secret.tsx";
import { RevokeButton } from "./revoke-button.tsx";
import type { SetupOutcome } from "./setup-outcome.ts";
import type { CardProps } from "./setup-page.tsx";
import { ShownOnce } from "./shown-once.tsx";

type Props = CardProps & { readonly hooks: readonly ListedHook[]; readonly origin: string };

/** The addresses that CRMs send to. */
export function HooksCard({ hooks, origin, ...card }: Props) {
  const { text } = useWords();
  const { outcome, mayChange } = card;
  return (
    <s-section heading={text("leadSetup.hooks")}>
      <s-paragraph color="subdued">{text("leadSetup.hooks.text")}</s-paragraph>
      {outcome?.kind === "hook-made" && <MadeHook outcome={outcome} origin={origin} />}
      {hooks.map((hook) => (
        <Hook key={hook.id} hook={hook} {...card} />
      ))}
      {mayChange && <NewHook {...card} />}
    </s-section>
  );
}

type Made = Extract<SetupOutcome, { kind: "hook-made" }>;

function MadeHook({ outcome: { path, secret }, origin }: { readonly outcome: Made; readonly origin: string }) {
  const { text } = useWords();
  const shown = secret ?? text("leadSetup.hooks.secret.theirs");
  return (
    <ShownOnce
      heading={text("leadSetup.hooks.once")}
      values={[
        [text("leadSetup.hooks.address"), `${origin}${path}`],
        [text("leadSetup.hooks.secret.new"), shown],
      ]}
    />
  );
}

const NO_PROBLEMS: readonly FieldProblem[] = [];

const problemsOf = (outcome: SetupOutcome | null, hookId: string | null): readonly FieldProblem[] =>
  outcome?.kind === "hook-invalid" && outcome.hookId === hookId ? outcome.problems : NO_PROBLEMS;

function NewHook({ outcome, busy, onSubmit, onAct }: CardProps) {
  const { text } = useWords();
  const problems = problemsOf(outcome, null);
  const form = useFocusOnProblem(problems);
  return (
    <form ref={form} method="post" onSubmit={onSubmit} aria-label={text("leadSetup.hooks.make")} noValidate>
      <input type="hidden" name="intent" value="connect-crm" />
      <s-stack gap="base">
        <NewHookFields problems={problems} />
        <MappingFields mapping="" problems={problems} tried={triedIn(outcome, null)} />
        <s-stack direction="inline" gap="small">
          <s-button onClick={() => onAct({ ...fieldsOf(form.current), intent: "try-mapping" })}>
            {text("leadSetup.hooks.try")}
          </s-button>
          <s-button type="submit" variant="primary" {...(busy === "connect-crm" && { loading: true })}>
            {text("leadSetup.hooks.make")}
          </s-button>
        </s-stack>
      </s-stack>
    </form>
  );
}

function NewHookFields({ problems }: { readonly problems: readonly FieldProblem[] }) {
  const words = useWords();
  return (
    <>
      <s-text-field
        label={words.text("leadSetup.hooks.name")}
        name="name"
        autocomplete="off"
        {...errorAt(words, problems, "name")}
      />
      <s-select
        label={words.text("leadSetup.hooks.preset")}
        name="preset"
        value={HOOK_PRESETS[0]}
        {...errorAt(words, problems, "preset")}
      >
        {HOOK_PRESETS.map((preset) => (
          <s-option key={preset} value={preset}>
            {words.text(`leadGuides.${preset}`)}
          </s-option>
        ))}
      </s-select>
      <s-password-field
        label={words.text("leadSetup.hooks.secret")}
        name="secret"
        autocomplete="off"
        {...errorAt(words, problems, "secret")}
      />
      <s-text-field
        label={words.text("leadSetup.hooks.account")}
        name="account"
        autocomplete="off"
        {...errorAt(words, problems, "account")}
      />
    </>
  );
}

const triedIn = (outcome: SetupOutcome | null, hookId: string | null) =>
  outcome?.kind === "tried" && outcome.hookId === hookId ? outcome.items : null;

const fieldsOf = (form: HTMLFormElement | null): Record<string, string> =>
  Object.fromEntries(
    [...new FormData(form ?? undefined)].flatMap(([name, value]) => (typeof value === "string" ? [[name, value]] : [])),
  );

/** The fields of the forms that change an address; the address itself has none. */
const CHANGED = ["mapping", "example", "secret"];

function Hook({ hook, ...card }: CardProps & { readonly hook: ListedHook }) {
  const [open, setOpen] = useState<"mapping" | "secret" | null>(null);
  const { id, name, formerUntil, revokedAt } = hook;
  const toggle = (form: "mapping" | "secret") => () => setOpen(open === form ? null : form);
  return (
    // Two addresses may have one name, so none is a region.
    <s-box paddingBlock="base">
      <s-stack gap="small">
        <s-heading>{name}</s-heading>
        <HookState hook={hook} />
        {card.mayChange && revokedAt === null && <HookButtons hook={hook} toggle={toggle} onAct={card.onAct} />}
        {open === "mapping" && <Remap hook={hook} {...card} />}
        {open === "secret" && (
          // Empty again after each change.
          <RenewSecret
            key={formerUntil?.getTime() ?? 0}
            hook={hook}
            problems={problemsOf(card.outcome, id)}
            busy={card.busy}
            onSubmit={card.onSubmit}
          />
        )}
        <ProblemsElsewhere problems={problemsElsewhere(problemsOf(card.outcome, id), CHANGED)} />
      </s-stack>
    </s-box>
  );
}

function HookState({ hook: { preset, lastUsedAt, formerUntil, revokedAt } }: { readonly hook: ListedHook }) {
  const { text } = useWords();
  return (
    <>
      <s-paragraph color="subdued">
        {text(`leadGuides.${preset}`)} · {text("leadSetup.keys.used")}:{" "}
        {lastUsedAt === null ? text("leadSetup.keys.never") : <LocalTime at={lastUsedAt} />}
      </s-paragraph>
      {revokedAt !== null && <s-text>{text("leadSetup.keys.revoked")}</s-text>}
      {revokedAt === null && formerUntil !== null && (
        <s-text>
          {text("leadSetup.hooks.former")} <LocalTime at={formerUntil} />
        </s-text>
      )}
    </>
  );
}

type ButtonProps = Pick<CardProps, "onAct"> & {
  readonly hook: ListedHook;
  readonly toggle: (form: "mapping" | "secret") => () => void;
};

function HookButtons({ hook: { id, name, nextSecret }, toggle, onAct }: ButtonProps) {
  const { text } = useWords();
  return (
    <s-stack direction="inline" gap="small-300">
      <s-button onClick={toggle("mapping")}>{text("leadSetup.hooks.map")}</s-button>
      {nextSecret !== null && (
        <s-button accessibilityLabel={text("leadSetup.hooks.renew.of", { name })} onClick={toggle("secret")}>
          {text("leadSetup.hooks.renew")}
        </s-button>
      )}
      <RevokeButton name={name} onRevoke={() => onAct({ intent: "revoke-crm", id })} />
    </s-stack>
  );
}

function Remap({ hook, outcome, busy, onSubmit, onAct }: CardProps & { readonly hook: ListedHook }) {
  const { text } = useWords();
  const { id, name, preset } = hook;
  const problems = problemsOf(outcome, id);
  const form = useFocusOnProblem(problems);
  return (
    <form
      ref={form}
      method="post"
      onSubmit={onSubmit}
      aria-label={text("leadSetup.hooks.mapping.form", { name })}
      noValidate
    >
      <input type="hidden" name="intent" value="remap-crm" />
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="preset" value={preset} />
      <s-stack gap="base">
        <MappingFields
          mapping={JSON.stringify(hook.mapping, null, 2)}
          problems={problems}
          tried={triedIn(outcome, id)}
        />
        <s-stack direction="inline" gap="small">
          <s-button onClick={() => onAct({ ...fieldsOf(form.current), intent: "try-mapping" })}>
            {text("leadSetup.hooks.try")}
          </s-button>
          <s-button type="submit" {...(busy === "remap-crm" && { loading: true })}>
            {text("leadSetup.hooks.map.save")}
          </s-button>
        </s-stack>
      </s-stack>
    </form>
  );
}
