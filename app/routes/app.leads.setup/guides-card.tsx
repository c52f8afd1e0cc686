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
      <s-stack gap="base">
        {GUIDES.map((guide) => (
          // No section of its own: an address may have the same name, and each region needs another one.
          <s-stack key={guide} gap="small-300">
            <s-heading>{text(`leadGuides.${guide}`)}</s-heading>
            <s-paragraph>{text(`leadGuides.${guide}.text`)}</s-paragraph>
          </s-stack>
        ))}
      </s-stack>
    </s-section>
  );
}
