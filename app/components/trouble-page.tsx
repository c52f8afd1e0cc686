import { NothingHere } from "./nothing-here.tsx";
import { useWords } from "./words-context.ts";

export type Trouble = "missing" | "not-permitted" | "failed";

const TROUBLES: ReadonlyMap<number, Trouble> = new Map([
  [404, "missing"],
  [403, "not-permitted"],
]);

export const troubleOf = (status: number): Trouble => TROUBLES.get(status) ?? "failed";

/** Shown when a page fails. The cause is in the app's log, never on the screen. */
export function TroublePage({ trouble }: { readonly trouble: Trouble }) {
  const words = useWords();
  const part = (name: "title" | "heading" | "text" | "link") => words.text(`frame.trouble.${trouble}.${name}`);
  return (
    <s-page heading={part("title")} inlineSize="small">
      <s-section>
        <NothingHere heading={part("heading")} text={part("text")} link={{ label: part("link"), url: "/app" }} />
      </s-section>
    </s-page>
  );
}
