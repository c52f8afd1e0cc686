import type { FieldProblem, Settings } from "../../settings/types.ts";
import { choicesOf } from "../../wording/choices.ts";
import { errorAt } from "../field-problems.tsx";
import { useChosen } from "../use-listener.ts";
import { useWords } from "../words-context.ts";
import { ChoiceField } from "./choice-field.tsx";

type Props = { readonly settings: Settings; readonly problems: readonly FieldProblem[] };

/** When an order counts, and the tag if one makes it count. */
export function TriggerFields({ settings: { purchaseTrigger, orders }, problems }: Props) {
  const words = useWords();
  const [trigger, menu] = useChosen(purchaseTrigger);
  const isTagged = trigger === "tagged";
  const choices = choicesOf(words, "purchase-trigger");
  const chosen = choices.find(({ value }) => value === trigger)?.value ?? purchaseTrigger;
  return (
    <s-stack gap="small">
      <ChoiceField
        label={words.text("settings.trigger")}
        name="purchaseTrigger"
        choices={choices}
        details={words.text(`settings.trigger.${chosen}`)}
        value={purchaseTrigger}
        listener={menu}
        {...errorAt(words, problems, "purchaseTrigger")}
      />
      <div hidden={!isTagged}>
        <s-text-field
          label={words.text("settings.trigger-tag")}
          details={words.text("settings.trigger-tag.help")}
          maxLength={40}
          autocomplete="off"
          value={orders?.triggerTag ?? ""}
          // Unnamed it is not sent: no other trigger needs a tag.
          {...(isTagged && { name: "triggerTag" })}
          {...errorAt(words, problems, "triggerTag")}
        />
      </div>
    </s-stack>
  );
}
