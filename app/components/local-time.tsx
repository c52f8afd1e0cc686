import { useWords } from "./words-context.ts";

/** A time in the reader's language and the shop's time zone, which its title names. */
export function LocalTime({ at, seconds = false }: { readonly at: Date; readonly seconds?: boolean }) {
  const words = useWords();
  // A stored value may be an invalid date; the rest of its page should still render.
  if (Number.isNaN(at.getTime())) return <>{words.text("frame.unknown-time")}</>;
  return (
    <time
      dateTime={at.toISOString()}
      title={words.timeZone}
      style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}
      // Browsers may write a time with other spaces than Node's copy of the Unicode data does.
      suppressHydrationWarning
    >
      {words.time(at, { seconds })}
    </time>
  );
}
