import { NothingHere } from "./nothing-here.tsx";

export type Trouble = "missing" | "not-permitted" | "failed";

const TROUBLES: ReadonlyMap<number, Trouble> = new Map([
  [404, "missing"],
  [403, "not-permitted"],
]);

export const troubleOf = (status: number): Trouble => TROUBLES.get(status) ?? "failed";

const SAID = {
  missing: {
    title: "There is no such page",
    heading: "Nothing is here",
    text: "The address may be old or mistyped.",
    link: "Go to Home",
  },
  "not-permitted": {
    title: "Your role does not allow this",
    heading: "Nothing was changed",
    text: "Your role in Tandem does not allow this. An owner of the app can change your role on the Access page.",
    link: "Go to Home",
  },
  failed: {
    title: "This page could not be loaded",
    heading: "Something failed on our side",
    text: "Tandem keeps measuring, and your events are kept. Try again in a moment.",
    link: "Try again",
  },
} as const satisfies Record<Trouble, Readonly<Record<"title" | "heading" | "text" | "link", string>>>;

/** Shown when a page fails. The cause is in the app's log, never on the screen. */
export function TroublePage({ trouble }: { readonly trouble: Trouble }) {
  const { title, heading, text, link } = SAID[trouble];
  return (
    <s-page heading={title} inlineSize="small">
      <s-section>
        <NothingHere heading={heading} text={text} link={{ label: link, url: "/app" }} />
      </s-section>
    </s-page>
  );
}
