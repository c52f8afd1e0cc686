import { Question, type QuestionProps } from "./question.tsx";
import { useWords } from "./words-context.ts";

type Props = Pick<QuestionProps, "action" | "onSubmit"> & {
  /** Of the pixel. */
  readonly pixelId: string;
  readonly metaPixelId: string;
};

/** Of the question, for the button that opens it. */
export const testCodeQuestion = (metaPixelId: string): string => `remove-test-code-${metaPixelId}`;

/** Asks before a pixel's test event code is removed. */
export function TestCodeQuestion({ pixelId, metaPixelId, ...sending }: Props) {
  const words = useWords();
  return (
    <Question
      {...sending}
      id={testCodeQuestion(metaPixelId)}
      heading={words.text("testing.code.remove.heading", { pixel: metaPixelId })}
      consequence={words.text("testing.code.remove.ask")}
      confirm={words.text("testing.code.remove.confirm")}
      fields={{ intent: "remove-test-code", destinationId: pixelId }}
    />
  );
}
