import { useSyncExternalStore } from "react";

const neverChanges = () => () => undefined;

const FORMAT: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "short" };
const FORMAT_WITH_SECONDS: Intl.DateTimeFormatOptions = { dateStyle: "medium", timeStyle: "medium" };

/**
 * A time in the reader's own language and time zone. The server knows neither, so it renders UTC, labeled as such; the
 * browser replaces it after hydration.
 */
export function LocalTime({ at, seconds = false }: { readonly at: Date; readonly seconds?: boolean }) {
  // A stored value may be an invalid date; the rest of its page should still render.
  return Number.isNaN(at.getTime()) ? <>Unknown time</> : <KnownTime at={at} seconds={seconds} />;
}

function KnownTime({ at, seconds }: { readonly at: Date; readonly seconds: boolean }) {
  const options = seconds ? FORMAT_WITH_SECONDS : FORMAT;
  const text = useSyncExternalStore(
    neverChanges,
    () => new Intl.DateTimeFormat(undefined, options).format(at),
    () => `${new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" }).format(at)} UTC`,
  );
  return (
    <time dateTime={at.toISOString()} style={{ whiteSpace: "nowrap", fontVariantNumeric: "tabular-nums" }}>
      {text}
    </time>
  );
}
