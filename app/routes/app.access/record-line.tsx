import type { SubjectFacts } from "../../access/types.ts";
import { LocalTime } from "../../components/local-time.tsx";
import { LongText } from "../../components/long-text.tsx";
import { useWords } from "../../components/words-context.ts";
import { subjectIn } from "../../wording/access-words.ts";
import { subjectUrl } from "./subject-url.ts";

type Props = {
  readonly at: Date;
  /** The line's sentence around a subject. */
  readonly sentence: (subject: string) => string;
  /** As it is stored. Null: the sentence has none. */
  readonly subject: string | null;
  readonly facts: SubjectFacts;
};

/** When, who and what, with what it was about leading to its page. */
export function RecordLine({ at, sentence, subject, facts }: Props) {
  const [before = "", after = ""] = sentence(PLACE_OF_SUBJECT).split(PLACE_OF_SUBJECT);
  return (
    <LongText>
      <LocalTime at={at} seconds />: {before}
      {subject !== null && <Subject subject={subject} facts={facts} />}
      {after}
    </LongText>
  );
}

const PLACE_OF_SUBJECT = "\uFFFC";

function Subject({ subject, facts }: { readonly subject: string; readonly facts: SubjectFacts }) {
  const name = subjectIn(useWords(), subject, facts);
  const url = subjectUrl(subject, facts);
  return url === null ? <>{name}</> : <s-link href={url}>{name}</s-link>;
}
