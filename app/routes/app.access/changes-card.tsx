import { BlockStack, Card, Text } from "@shopify/polaris";
import { differences } from "../../access/differences.ts";
import type { Change } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { ACTION_WORDS, actorInWords } from "../../wording/access-words.ts";
import { ExportButton } from "./export-button.tsx";

/** Who changed what, when, from what to what. */
export function ChangesCard({
  changes,
  mayExport,
}: {
  readonly changes: readonly Change[];
  readonly mayExport: boolean;
}) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          Who changed what
        </Text>
        <Text as="p" tone="subdued">
          Every change of settings, pixels and roles, kept as long as the app is installed. The newest 50 are shown.
        </Text>
        <ul>
          {changes.map((change, index) => (
            <ChangeLine key={`${change.at.toISOString()} ${String(index)}`} change={change} />
          ))}
        </ul>
        {mayExport && <ExportButton list="changes" label="Export who changed what" />}
      </BlockStack>
    </Card>
  );
}

function ChangeLine({ change: { at, by, subject, action, before, after } }: { readonly change: Change }) {
  return (
    <li>
      <LocalTime at={at} seconds />: {actorInWords(by)}, {subject}: {ACTION_WORDS[action]}
      {differences(before, after).map(({ field, from, to }) => (
        <div key={field}>
          <code>{field}</code>: {from ?? "none"} → {to ?? "none"}
        </div>
      ))}
    </li>
  );
}
