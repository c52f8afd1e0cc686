import { errorAt } from "../../components/field-problems.tsx";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, FunnelWarning } from "../../settings/types.ts";
import { FunnelWarnings } from "./funnel-warnings.tsx";
import type { EditedStage } from "./use-stages.ts";

type Props = {
  readonly n: number;
  readonly stage: EditedStage;
  /** Of the whole form. */
  readonly problems: readonly FieldProblem[];
  readonly isLast: boolean;
  /** What to know of this stage. */
  readonly warnings: readonly FunnelWarning[];
  readonly mayChange: boolean;
  readonly remove: (id: number) => void;
  readonly move: (id: number, by: -1 | 1) => void;
};

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 12rem), 1fr))";

const FIELDS = ["name", "event", "kind", "value", "ltv", "currency", "tag", "primary", "skipped"] as const;
type Field = (typeof FIELDS)[number];

const problemField = (id: number, field: Field): string => `stages.${id}.${field}`;

/** Where problems of this stage are shown. */
export const fieldsOfStage = (id: number): readonly string[] => FIELDS.map((field) => problemField(id, field));

/** Inputs stand in line below labels of one line and of two; a problem below one of them would push it up. */
const isRefused = (id: number, problems: readonly FieldProblem[]): boolean =>
  problems.some(({ field }) => fieldsOfStage(id).includes(field));

/** The fields of one stage; their names carry its place. */
export function StageFields(props: Props) {
  const { n, stage, problems, warnings, mayChange } = props;
  const words = useWords();
  const { text } = words;
  const at = (field: Field) => errorAt(words, problems, problemField(stage.id, field));
  const title = stage.name || text("leadSetup.stage.new");
  const off = mayChange ? {} : { disabled: true };
  return (
    <s-section heading={text("leadSetup.stage.n", { n: n + 1, name: title })}>
      <input type="hidden" name={`stages.${n}.id`} value={stage.id} />
      <input type="hidden" name={`stages.${n}.key`} value={stage.key} />
      <s-stack gap="small">
        <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems={isRefused(stage.id, problems) ? "start" : "end"}>
          <Text n={n} field="name" value={stage.name} off={off} at={at} />
          <Text n={n} field="event" value={stage.event} off={off} at={at} />
          <s-select
            label={text("leadSetup.kind")}
            name={`stages.${n}.kind`}
            value={stage.kind}
            {...off}
            {...at("kind")}
          >
            <s-option value="open">{text("leadSetup.kind.open")}</s-option>
            <s-option value="won">{text("leadSetup.kind.won")}</s-option>
            <s-option value="disqualified">{text("leadSetup.kind.disqualified")}</s-option>
          </s-select>
          <Worth n={n} stage={stage} off={off} at={at} />
        </s-grid>
        <s-checkbox
          label={text("leadSetup.primary")}
          name={`stages.${n}.primary`}
          value="on"
          {...(stage.isPrimary && { checked: true })}
          {...off}
          {...at("primary")}
        />
        <FunnelWarnings warnings={warnings} />
        <s-checkbox
          label={text("leadSetup.skipped")}
          name={`stages.${n}.skipped`}
          value="on"
          {...(stage.mayBeSkipped && { checked: true })}
          {...off}
          {...at("skipped")}
        />
        {mayChange && <StageButtons {...props} title={title} />}
      </s-stack>
    </s-section>
  );
}

type TextProps = {
  readonly n: number;
  readonly field: "name" | "event" | "value" | "ltv" | "currency" | "tag";
  readonly value: string;
  readonly off: { readonly disabled?: boolean };
  readonly at: (field: Field) => { readonly error?: string };
};

function Text({ n, field, value, off, at }: TextProps) {
  const { text } = useWords();
  return (
    <s-text-field
      label={text(`leadSetup.${field}`)}
      name={`stages.${n}.${field}`}
      value={value}
      autocomplete="off"
      {...off}
      {...at(field)}
    />
  );
}

function Worth({ stage, ...common }: Pick<Props, "stage"> & Pick<TextProps, "n" | "off" | "at">) {
  return (
    <>
      <Text field="value" value={`${stage.value ?? ""}`} {...common} />
      <Text field="ltv" value={`${stage.predictedLtv ?? ""}`} {...common} />
      <Text field="currency" value={stage.currency ?? ""} {...common} />
      <Text field="tag" value={stage.customerTag ?? ""} {...common} />
    </>
  );
}

function StageButtons({ n, stage, isLast, remove, move, title }: Props & { readonly title: string }) {
  const { text } = useWords();
  const name = { name: title };
  return (
    <s-stack direction="inline" gap="small-300">
      {n > 0 && (
        <s-button accessibilityLabel={text("leadSetup.up", name)} onClick={() => move(stage.id, -1)}>
          {text("leadSetup.up.short")}
        </s-button>
      )}
      {!isLast && (
        <s-button accessibilityLabel={text("leadSetup.down", name)} onClick={() => move(stage.id, 1)}>
          {text("leadSetup.down.short")}
        </s-button>
      )}
      <s-button tone="critical" accessibilityLabel={text("leadSetup.remove", name)} onClick={() => remove(stage.id)}>
        {text("leadSetup.remove.short")}
      </s-button>
    </s-stack>
  );
}
