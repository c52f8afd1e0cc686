import { useWords } from "../../components/words-context.ts";

const GUIDES = [
  "hubspot",
  "pipedrive",
  "salesforce-flow",
  "salesforce-message",
  "gohighlevel",
  "generic",
  "tags",
  "metafield",
  "flow",
] as const;

/** What to do in each CRM, and in Shopify itself. */
export function GuidesCard() {
  const { text } = useWords();
  return (
    <s-section heading={text("leadSetup.guides")}>
      {GUIDES.map((guide) => (
        <s-section key={guide} heading={text(`leadGuides.${guide}`)}>
          <s-paragraph>{text(`leadGuides.${guide}.text`)}</s-paragraph>
        </s-section>
      ))}
    </s-section>
  );
}
