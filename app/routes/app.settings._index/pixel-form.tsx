import { useEffect, useRef, useState } from "react";
import { metaPixelIdIn } from "../../settings/meta-pixel-id.ts";
import { errorAt, ProblemsElsewhere, problemsElsewhere } from "../../components/field-problems.tsx";
import { NotSaved } from "../../components/settings/not-saved.tsx";
import { TriggerFields } from "../../components/settings/trigger-fields.tsx";
import { useFocusOnProblem } from "../../components/use-focus-on-problem.ts";
import { useListener } from "../../components/use-listener.ts";
import { SAVED_BY_BAR } from "../../components/save-bar.tsx";
import { useWords } from "../../components/words-context.ts";
import type { FieldProblem, Pixel, Settings } from "../../settings/types.ts";
import type { PixelFormProps } from "./pixel-form-props.ts";

type Props = PixelFormProps & {
  readonly settings: Settings;
  readonly pixels: readonly Pixel[];
  /** The connected pixel whose token the merchant wants to replace. */
  readonly replacing: Pixel | null;
};

const FIELDS = ["pixelId", "token", "testEventCode", "purchaseTrigger", "triggerTag"] as const;

/** Connects a pixel, or replaces the token of a connected one. The token field always starts empty. */
export function PixelForm({ settings, pixels, replacing, problems, trouble, busy, onSubmit }: Props) {
  const words = useWords();
  const [entered, setEntered] = useState(replacing?.metaPixelId ?? "");
  const named = metaPixelIdIn(entered);
  const known = pixels.find((pixel) => pixel.metaPixelId === named);
  return (
    <s-section
      heading={known ? words.text("pixels.replace-of", { pixel: known.metaPixelId }) : words.text("pixels.connect")}
    >
      <form
        {...SAVED_BY_BAR}
        ref={useFocusOnProblem(problems)}
        method="post"
        onSubmit={onSubmit}
        aria-label={words.text("pixels.connect")}
        noValidate
      >
        <input type="hidden" name="intent" value="connect-pixel" />
        <s-stack gap="base">
          <NotSaved trouble={trouble} />
          <ProblemsElsewhere problems={problemsElsewhere(problems, FIELDS)} />
          <PixelFields
            replacing={replacing}
            known={known}
            problems={problems}
            inAddress={named === entered.trim() ? null : named}
            onEnter={setEntered}
          />
          {/* The one other choice of the first day; later it is on its page. */}
          {pixels.length === 0 && <TriggerFields settings={settings} problems={problems} />}
          <s-stack direction="inline" justifyContent="end">
            <s-button type="submit" variant="primary" {...(busy && { loading: true })}>
              {words.text(known ? "pixels.replace-token" : "pixels.connect-pixel")}
            </s-button>
          </s-stack>
        </s-stack>
      </form>
    </s-section>
  );
}

type FieldsProps = {
  readonly replacing: Pixel | null;
  readonly known: Pixel | undefined;
  readonly problems: readonly FieldProblem[];
  /** The pixel that a pasted address names; null for a number. */
  readonly inAddress: string | null;
  readonly onEnter: (metaPixelId: string) => void;
};

function PixelFields({ replacing, known, problems, inAddress, onEnter }: FieldsProps) {
  const words = useWords();
  const id = useListener<"s-text-field">("input", ({ value }) => onEnter(value));
  const token = useFocusWhen(replacing !== null);
  return (
    <>
      <s-text-field
        ref={id}
        name="pixelId"
        label={words.text("pixels.id")}
        details={
          inAddress === null ? words.text("pixels.id.help") : words.text("pixels.id.in-address", { pixel: inAddress })
        }
        autocomplete="off"
        value={replacing?.metaPixelId ?? ""}
        {...errorAt(words, problems, "pixelId")}
      />
      <s-password-field
        ref={token}
        name="token"
        label={words.text("pixels.token")}
        details={words.text(known?.hasToken === true ? "pixels.token.stored-help" : "pixels.token.help")}
        autocomplete="off"
        value=""
        {...errorAt(words, problems, "token")}
      />
      <s-text-field
        name="testEventCode"
        label={words.text("pixels.test-code")}
        details={
          known?.testEventCode
            ? words.text("testing.code.kept", { code: known.testEventCode })
            : words.text("pixels.test-code.help")
        }
        autocomplete="off"
        value=""
        {...errorAt(words, problems, "testEventCode")}
      />
    </>
  );
}

/** Moves the focus to the token field when a form starts in which only that one is to be filled in. */
function useFocusWhen(isWanted: boolean) {
  const field = useRef<HTMLElementTagNameMap["s-password-field"]>(null);
  useEffect(() => {
    if (isWanted) field.current?.focus();
  }, [isWanted, field]);
  return field;
}
