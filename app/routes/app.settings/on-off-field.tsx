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

/** A checkbox that is sent in both states. A plain one sends nothing when it is off, which would mean "unchanged". */
export function OnOffField({ label, helpText, name, value, onChange, error }: Props) {
  return (
    <>
      <input type="hidden" name={name} value={value} />
      <Checkbox
        label={label}
        helpText={helpText}
        checked={value === "on"}
        onChange={(checked) => onChange(checked ? "on" : "off")}
        // Polaris shows an error for any value but null and undefined, even for false.
        {...(error !== false && { error })}
      />
    </>
  );
}
