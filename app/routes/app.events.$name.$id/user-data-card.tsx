import { FactList } from "../../components/fact-list.tsx";
import type { SentKey } from "./mask-user-data.ts";

type Props = { readonly userData: readonly SentKey[]; readonly sent: boolean };

/** Which match keys the server leg carries. Never the values themselves. */
export function UserDataCard({ userData, sent }: Props) {
  return (
    <s-section heading="Match keys">
      {userData.length === 0 ? (
        <s-paragraph color="subdued">None are kept for this event.</s-paragraph>
      ) : (
        <>
          <s-paragraph color="subdued">
            {sent
              ? "What the server leg carries, so that Meta can match the event to a person."
              : "What the server leg would carry. Nothing was sent."}
          </s-paragraph>
          <FactList facts={userData.map(({ key, meaning, shown }) => ({ term: key, value: `${meaning}: ${shown}` }))} />
        </>
      )}
    </s-section>
  );
}
