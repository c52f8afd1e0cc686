import { useWords } from "../../components/words-context.ts";
import type { FunnelWarning } from "../../settings/types.ts";
import { FunnelWarnings } from "./funnel-warnings.tsx";
import type { EditedStage } from "./use-stages.ts";

type Props = {
  readonly n: number;
  readonly stage: EditedStage;
  readonly isLast: boolean;
  /** What to know of this stage. */
  readonly warnings: readonly FunnelWarning[];
  readonly mayChange: boolean;
  readonly remove: (id: number) => void;
  readonly move: (id: number, by: -1 | 1) => void;
};

// eslint-disable-next-line tandem/no-literal-text -- a style
const COLUMNS = "repeat(auto-fit, minmax(min(100%, 12rem), 1fr))";

/** The fields of one stage; their names carry its place. */
export function StageFields(props: Props) {
  const { n, stage, warnings, mayChange } = props;
  const { text } = useWords();
  const title = stage.name || text("leadSetup.stage.new");
  const off = mayChange ? {} : { disabled: true };
  return (
    <s-section heading={text("leadSetup.stage.n", { n: n + 1, name: title })}>
      <input type="hidden" name={`stages.${n}.key`} value={stage.key} />
      <s-stack gap="small">
        <s-grid gridTemplateColumns={COLUMNS} gap="small" alignItems="end">
          <Text n={n} field="name" value={stage.name} off={off} />
          <Text n={n} field="event" value={stage.event} off={off} />
          <s-select label={text("leadSetup.kind")} name={`stages.${n}.kind`} value={stage.kind} {...off}>
            <s-option value="open">{text("leadSetup.kind.open")}</s-option>
            <s-option value="won">{text("leadSetup.kind.won")}</s-option>
            <s-option value="disqualified">{text("leadSetup.kind.disqualified")}</s-option>
          </s-select>
          <Worth n={n} stage={stage} off={off} />
        </s-grid>
        <s-checkbox
          label={text("leadSetup.primary")}
          name={`stages.${n}.primary`}
          value="on"
          {...(stage.isPrimary && { checked: true })}
          {...off}
        />
        <FunnelWarnings warnings={warnings} />
        <s-checkbox
          label={text("leadSetup.skipped")}
          name={`stages.${n}.skipped`}
          value="on"
          {...(stage.mayBeSkipped && { checked: true })}
          {...off}
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
};

function Text({ n, field, value, off }: TextProps) {
  const { text } = useWords();
  return (
    <s-text-field
      label={text(`leadSetup.${field}`)}
      name={`stages.${n}.${field}`}
      value={value}
      autocomplete="off"
      {...off}
    />
  );
}

function Worth({ n, stage, off }: Pick<Props, "n" | "stage"> & Pick<TextProps, "off">) {
  return (
    <>
      <Text n={n} field="value" value={`${stage.value ?? ""}`} off={off} />
      <Text n={n} field="ltv" value={`${stage.predictedLtv ?? ""}`} off={off} />
      <Text n={n} field="currency" value={stage.currency ?? ""} off={off} />
      <Text n={n} field="tag" value={stage.customerTag ?? ""} off={off} />
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
