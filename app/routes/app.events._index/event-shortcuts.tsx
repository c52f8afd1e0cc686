import { useWords } from "../../components/words-context.ts";
import { type EventFilter, eventsUrl, filterQuery } from "./event-links.ts";

/** What merchants look for most. */
const SHORTCUTS = {
  all: {},
  purchases: { event: "Purchase" },
  missing: { event: "Purchase", legs: "none" },
  "server-only": { event: "Purchase", legs: "server" },
  refused: { outcome: "refused" },
} as const satisfies Record<string, Partial<EventFilter>>;

const NAMES = ["all", "purchases", "missing", "server-only", "refused"] as const satisfies (keyof typeof SHORTCUTS)[];

export function EventShortcuts({ filter }: { readonly filter: EventFilter }) {
  const { text } = useWords();
  const shown = filterQuery(filter);
  return (
    <nav aria-label={text("events.shortcuts")}>
      <s-stack direction="inline" gap="small">
        {NAMES.map((name) =>
          filterQuery(SHORTCUTS[name]) === shown ? (
            <span key={name} aria-current="page">
              <s-text type="strong">{text(`events.shortcut.${name}`)}</s-text>
            </span>
          ) : (
            <s-link key={name} href={eventsUrl(SHORTCUTS[name], null)}>
              {text(`events.shortcut.${name}`)}
            </s-link>
          ),
        )}
      </s-stack>
    </nav>
  );
}
