import type { ReactNode } from "react";
import { POLARIS_SCRIPT } from "./shopify-scripts.ts";

/** Polaris for the few pages that are shown outside the Shopify admin. */
export function PublicFrame({ children }: { readonly children: ReactNode }) {
  return (
    <>
      <script src={POLARIS_SCRIPT} />
      <main>{children}</main>
    </>
  );
}

/** A public page: one card with a title. */
export function PublicPage({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <PublicFrame>
      <s-page heading={title} inlineSize="small">
        <s-section>
          <s-stack gap="small">{children}</s-stack>
        </s-section>
      </s-page>
    </PublicFrame>
  );
}
