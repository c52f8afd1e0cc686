import type { Following } from "../../components/use-followed.ts";
import { useWords } from "../../components/words-context.ts";
import type { SentAgain } from "../../pipeline/send-again.ts";
import { problemIn } from "../../wording/field-problem-words.ts";
import type { Words } from "../../wording/words.ts";
import type { EventNowForReading } from "./order-now-for-reading.ts";
import { useSendAgain } from "./use-followed.ts";

type Props = { readonly event: EventNowForReading; readonly orderId: string; readonly maySend: boolean };

export function SendAgain({ event, orderId, maySend }: Props) {
  const sending = useSendAgain<SentAgain>(orderId, event.eventName, event.eventId);
  return <SendAgainView event={event} maySend={maySend} sending={sending} />;
}

type ViewProps = Omit<Props, "orderId"> & { readonly sending: Following<SentAgain> };

/** Sends the event again where that is safe, or says why it is not. */
export function SendAgainView({ event, maySend, sending }: ViewProps) {
  const words = useWords();
  const { again, sentAs } = event;
  const { isRunning, result, start } = sending;
  if (result !== undefined) return <Outcome result={result} />;
  if (again.kind === "not") return <s-paragraph>{refusalIn(words, again)}</s-paragraph>;
  if (!maySend) return <s-paragraph>{words.text("orderPage.again.read-only")}</s-paragraph>;
  return (
    <s-stack gap="small">
      <s-paragraph>{words.text("orderPage.again.may")}</s-paragraph>
      <div>
        <s-button onClick={start} {...(isRunning && { loading: true })}>
          {words.text("orderPage.again.send", { name: sentAs })}
        </s-button>
      </div>
      <div role="status">{isRunning && <s-text color="subdued">{words.text("orderPage.again.running")}</s-text>}</div>
    </s-stack>
  );
}

const Outcome = ({ result }: { readonly result: SentAgain }) => {
  const words = useWords();
  return (
    <s-banner tone={result.kind === "queued" ? "success" : "warning"}>
      <s-paragraph>{outcomeIn(words, result)}</s-paragraph>
    </s-banner>
  );
};

const refusalIn = (words: Words, { because }: Extract<SentAgain, { kind: "not" }>): string =>
  words.text("orderPage.again.not", { reason: words.text(`orderPage.again.not.${because}`) });

function outcomeIn(words: Words, result: SentAgain): string {
  switch (result.kind) {
    case "queued":
    case "changed":
      return words.text(`orderPage.again.done.${result.kind}`);
    case "not":
      return refusalIn(words, result);
    case "stopped":
      return problemIn(words, { message: result.problem });
    case "no-access":
    case "gone":
    case "unreadable":
      return words.text(`orderPage.now.${result.kind}`);
  }
}
