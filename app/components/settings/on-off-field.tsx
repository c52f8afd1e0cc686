import type { RefObject } from "react";

type Props = {
  readonly label: string;
  readonly details: string;
  readonly name: string;
  readonly isOn: boolean;
  readonly error?: string;
  readonly listener?: RefObject<HTMLElementTagNameMap["s-checkbox"]>;
};

/**
 * A checkbox that is sent in both states: of two fields with one name the last one counts. A plain one sends nothing
 * when it is off, which would mean "unchanged".
 */
export function OnOffField({ label, details, name, isOn, error, listener }: Props) {
  return (
    <>
      <input type="hidden" name={name} value="off" />
      <s-checkbox
        label={label}
        details={details}
        name={name}
        value="on"
        {...(isOn && { checked: true })}
        {...(error !== undefined && { error })}
        {...(listener && { ref: listener })}
      />
    </>
  );
}
