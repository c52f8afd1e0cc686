type Props = {
  readonly heading: string;
  readonly text: string;
  readonly link: { readonly label: string; readonly url: string };
};

/** An empty state: why there is nothing, and where to go. */
export function NothingHere({ heading, text, link }: Props) {
  return (
    <s-empty-state heading={heading}>
      <s-text slot="subheading">{text}</s-text>
      <s-button slot="secondary-actions" href={link.url}>
        {link.label}
      </s-button>
    </s-empty-state>
  );
}
