import type { RefObject } from "react";

type Props = {
  readonly label: string;
  /** Without a name nothing is sent. */
  readonly name?: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
  readonly details?: string;
  readonly error?: string;
  readonly listener?: RefObject<HTMLElementTagNameMap["s-select"]>;
};

/** A menu of a setting's choices. */
export function ChoiceField({ choices, listener, ...field }: Props) {
  return (
    <s-select {...field} {...(listener && { ref: listener })}>
      {choices.map(({ value, label }) => (
        <s-option key={value} value={value}>
          {label}
        </s-option>
      ))}
    </s-select>
  );
}
