import { FactList } from "../../components/fact-list.tsx";
import { useWords } from "../../components/words-context.ts";
import type { SentKey } from "./mask-user-data.ts";

type Props = { readonly userData: readonly SentKey[]; readonly sent: boolean };

/** Which match keys the server leg carries. Never the values themselves. */
export function UserDataCard({ userData, sent }: Props) {
  const { text } = useWords();
  const factOf = ({ key, hashes }: SentKey) => ({
    term: key,
    value: text("eventPage.keys.shown", {
      meaning: text(`eventPage.key.${key}`),
      value: hashes === null ? text("eventPage.keys.in-clear") : hashes.map((hash) => `${hash} (SHA-256)`).join(", "),
    }),
  });
  return (
    <s-section heading={text("eventPage.keys")}>
      {userData.length === 0 ? (
        <s-paragraph color="subdued">{text("eventPage.keys.none")}</s-paragraph>
      ) : (
        <>
          <s-paragraph color="subdued">{text(sent ? "eventPage.keys.sent" : "eventPage.keys.unsent")}</s-paragraph>
          <FactList facts={userData.map(factOf)} />
        </>
      )}
    </s-section>
  );
}
