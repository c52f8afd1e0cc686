type Props = { readonly heading: string; readonly values: readonly (readonly [term: string, value: string])[] };

/** A key or a secret, which nobody can read again. */
export function ShownOnce({ heading, values }: Props) {
  return (
    <div role="status">
      <s-banner tone="success" heading={heading}>
        {values.map(([term, value]) => (
          <p key={term} style={{ overflowWrap: "anywhere" }}>
            {term}
            {": "}
            <code>{value}</code>
          </p>
        ))}
      </s-banner>
    </div>
  );
}
