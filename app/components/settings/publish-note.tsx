import { publishProblemIn } from "../../wording/publish-problem-in-words.ts";
import { useWords } from "../words-context.ts";

type Props = {
  readonly version: number;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
};

/** Which version of the settings shoppers' browsers use, and when a change takes effect. */
export function PublishNote({ version, publish: { publishedVersion, problem } }: Props) {
  const words = useWords();
  if (problem !== null) {
    return (
      <s-banner tone="warning" heading={words.text("settings.publish.failed", { version })}>
        <s-paragraph>{publishProblemIn(words, problem)}</s-paragraph>
        <s-paragraph>{words.text("settings.publish.again", { published: publishedVersion })}</s-paragraph>
      </s-banner>
    );
  }
  if (publishedVersion < version) {
    return (
      <s-banner tone="info" heading={words.text("settings.publish.on-its-way", { version })}>
        <s-paragraph>{words.text("settings.publish.still", { published: publishedVersion })}</s-paragraph>
      </s-banner>
    );
  }
  return <s-paragraph color="subdued">{words.text("settings.publish.newest", { version })}</s-paragraph>;
}
