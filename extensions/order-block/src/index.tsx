/** @jsxRuntime automatic */
/** @jsxImportSource preact */
import type { Api } from "@shopify/ui-extensions/admin.order-details.block.render";
import { render } from "preact";
import { askApp } from "./ask-app.ts";
import { Loading, Nothing, Order } from "./order-block.tsx";

/** Shopify puts it beside the extension before it calls it. */
declare const shopify: Api;

/** Shopify calls this on an order's page. */
export default async function orderBlock(): Promise<void> {
  const { i18n, data } = shopify;
  const { translate } = i18n;
  render(<Loading translate={translate} />, document.body);
  // On an order's page the order is the only thing selected. The locale is that of the block's own texts.
  const answered = await askApp(data.selected[0]?.id ?? "", translate("locale"));
  render(
    answered.kind === "events" ? (
      <Order translate={translate} answer={answered.answer} />
    ) : (
      <Nothing translate={translate} because={answered.because} again={() => void orderBlock()} />
    ),
    document.body,
  );
}
