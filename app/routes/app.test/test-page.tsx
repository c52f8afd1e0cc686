import type { FormEventHandler } from "react";
import { RemoveTestCode } from "../../components/remove-test-code.tsx";
import { useWords } from "../../components/words-context.ts";
import type { Pixel } from "../../settings/types.ts";
import { LiveView } from "./live-view.tsx";
import type { TestStream } from "./use-test-stream.ts";

export type TestPageProps = {
  readonly pixels: readonly Pixel[];
  /** For the form that sends a test Purchase. */
  readonly purchaseKey: string;
  /** Whether the person's role allows a test. */
  readonly mayTest: boolean;
  readonly live: TestStream;
  /** The form being sent. */
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
};

/** How a merchant sees that a Purchase works before the first customer buys. */
export function TestPage({ pixels, mayTest, live, busy, onSubmit, purchaseKey }: TestPageProps) {
  const words = useWords();
  const coded = pixels.filter(({ testEventCode }) => testEventCode !== null);
  return (
    <s-page heading={words.text("frame.page.test")}>
      <s-paragraph>{words.text("testing.introduction")}</s-paragraph>
      <s-section heading={words.text("testing.code")}>
        {coded.length === 0 ? <NoCode /> : <Codes pixels={coded} {...{ mayTest, busy, onSubmit }} />}
      </s-section>
      <s-section heading={words.text("testing.purchase")}>
        <s-paragraph>{words.text("testing.purchase.what")}</s-paragraph>
        {mayTest ? (
          <SendForm purchaseKey={purchaseKey} canSend={coded.length > 0} busy={busy} onSubmit={onSubmit} />
        ) : (
          <s-paragraph color="subdued">{words.text("testing.not-permitted")}</s-paragraph>
        )}
      </s-section>
      <s-section heading={words.text("testing.order")}>
        <s-ordered-list>
          <s-list-item>{words.text("testing.order.gateway")}</s-list-item>
          <s-list-item>{words.text("testing.order.place")}</s-list-item>
          <s-list-item>{words.text("testing.order.watch")}</s-list-item>
        </s-ordered-list>
      </s-section>
      <LiveView live={live} />
    </s-page>
  );
}

function NoCode() {
  const words = useWords();
  return (
    <s-stack gap="small" alignItems="start">
      <s-paragraph>{words.text("testing.code.none")}</s-paragraph>
      <s-button href="/app/settings">{words.text("testing.code.enter")}</s-button>
    </s-stack>
  );
}

type CodesProps = Pick<TestPageProps, "pixels" | "mayTest" | "busy" | "onSubmit">;

function Codes({ pixels, mayTest, busy, onSubmit }: CodesProps) {
  const words = useWords();
  return (
    <s-stack gap="small">
      {pixels.map(({ id, metaPixelId, testEventCode }) => (
        <s-stack key={id} direction="inline" gap="small" alignItems="center">
          <s-text>{words.text("testing.code.set", { pixel: metaPixelId, code: testEventCode ?? "" })}</s-text>
          {mayTest && (
            <RemoveTestCode id={id} metaPixelId={metaPixelId} busy={busy === "remove-test-code"} onSubmit={onSubmit} />
          )}
        </s-stack>
      ))}
      <s-paragraph color="subdued">{words.text("testing.code.counts")}</s-paragraph>
    </s-stack>
  );
}

type SendProps = Pick<TestPageProps, "busy" | "onSubmit"> & { readonly purchaseKey: string; readonly canSend: boolean };

function SendForm({ purchaseKey, canSend, busy, onSubmit }: SendProps) {
  const words = useWords();
  return (
    <form method="post" onSubmit={onSubmit} aria-label={words.text("testing.purchase")}>
      <input type="hidden" name="intent" value="send-test-purchase" />
      <input type="hidden" name="key" value={purchaseKey} />
      <s-stack gap="small" alignItems="start">
        {!canSend && <s-paragraph color="subdued">{words.text("testing.purchase.needs-code")}</s-paragraph>}
        <s-button
          type="submit"
          variant="primary"
          {...(!canSend && { disabled: true })}
          {...(busy === "send-test-purchase" && { loading: true })}
        >
          {words.text("testing.purchase")}
        </s-button>
      </s-stack>
    </form>
  );
}
