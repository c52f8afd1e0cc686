import { Checkbox } from "@shopify/polaris";

type Props = {
  readonly label: string;
  readonly helpText: string;
  readonly name: string;
  /** `on` or `off`. */
  readonly value: string;
  readonly onChange: (value: "on" | "off") => void;
  readonly error: string | false;
};

/** A checkbox that a form sends in either state; a bare one sends nothing when it is off, which means "unchanged". */
export function OnOffField({ label, helpText, name, value, onChange, error }: Props) {
  return (
    <>
      <input type="hidden" name={name} value={value} />
      <Checkbox
        label={label}
        helpText={helpText}
        checked={value === "on"}
        onChange={(checked) => onChange(checked ? "on" : "off")}
        // Polaris takes any error but null and undefined for one, false too.
        {...(error !== false && { error })}
      />
    </>
  );
}
