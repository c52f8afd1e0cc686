import { type FormEventHandler, useState } from "react";
import { useWords } from "../../components/words-context.ts";

type Props = {
  readonly leadId: string;
  readonly busy: boolean;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** Asks before it deletes, because nothing brings a lead back. */
export function DeleteCard({ leadId, busy, onSubmit }: Props) {
  const { text } = useWords();
  const [isAsking, setIsAsking] = useState(false);
  return (
    <s-section heading={text("leadPage.delete")}>
      <form method="post" onSubmit={onSubmit} aria-label={text("leadPage.delete")}>
        <input type="hidden" name="intent" value="delete-lead" />
        <input type="hidden" name="leadId" value={leadId} />
        <s-stack gap="base">
          <s-paragraph>{text("leadPage.delete.text")}</s-paragraph>
          {isAsking ? (
            <s-banner tone="critical" heading={text("leadPage.delete.sure")}>
              <s-button slot="secondary-actions" type="submit" tone="critical" {...(busy && { loading: true })}>
                {text("leadPage.delete.yes")}
              </s-button>
              <s-button slot="secondary-actions" onClick={() => setIsAsking(false)}>
                {text("leadPage.delete.no")}
              </s-button>
            </s-banner>
          ) : (
            <div>
              <s-button tone="critical" onClick={() => setIsAsking(true)}>
                {text("leadPage.delete.open")}
              </s-button>
            </div>
          )}
        </s-stack>
      </form>
    </s-section>
  );
}
