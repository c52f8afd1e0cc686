import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { orderId } from "../../event-contract/event-id.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { orderForReading } from "./order-for-reading.ts";
import { OrderMissingPage } from "./order-missing-page.tsx";
import { OrderNowCard } from "./order-now-card.tsx";
import { OrderPage } from "./order-page.tsx";

export const handle = { title: "frame.page.order" } as const satisfies PageHandle;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, permissions, admin } = await signedInShop(request, context);
  const id = orderId(params["id"]);
  const order = id && (await admin.order(shop, id));
  return {
    sought: params["id"] ?? "",
    order: order && orderForReading(order),
    maySend: permissions.includes("change-settings"),
    inShopify: `https://${shop}/admin/orders/${id ?? ""}`,
  };
}

export default function Order() {
  const { sought, order, inShopify, maySend } = useLoaderData<typeof loader>();
  if (!order) return <OrderMissingPage order={sought} />;
  return (
    <OrderPage order={order} inShopify={inShopify}>
      <OrderNowCard orderId={order.orderId} maySend={maySend} />
    </OrderPage>
  );
}
