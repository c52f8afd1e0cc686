import { useState } from "react";
import { useWords } from "../../components/words-context.ts";

type Props = {
  /** Of the key or the address. */
  readonly name: string;
  readonly onRevoke: () => void;
};

/** Asks before it revokes, because what a shop's programs use stops at once and for good. */
export function RevokeButton({ name, onRevoke }: Props) {
  const { text } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  if (!isAsking) {
    return (
      <s-button
        tone="critical"
        accessibilityLabel={text("leadSetup.keys.revoke.of", { name })}
        onClick={() => setIsAsking(true)}
      >
        {text("leadSetup.keys.revoke")}
      </s-button>
    );
  }
  const revoke = (): void => {
    setIsAsking(false);
    onRevoke();
  };
  return (
    <s-stack gap="small-300">
      <div role="alert">{text("leadSetup.keys.revoke.sure", { name })}</div>
      <s-stack direction="inline" gap="small-300">
        <s-button tone="critical" onClick={revoke}>
          {text("leadSetup.keys.revoke.yes")}
        </s-button>
        <s-button onClick={() => setIsAsking(false)}>{text("leadSetup.keys.revoke.no")}</s-button>
      </s-stack>
    </s-stack>
  );
}
