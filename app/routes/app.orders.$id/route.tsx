import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import type { PageHandle } from "../../components/page-title.ts";
import { orderId } from "../../event-contract/event-id.ts";
import { signedInShop } from "../app/signed-in-shop.server.ts";
import { orderForReading } from "./order-for-reading.ts";
import { OrderMissingPage } from "./order-missing-page.tsx";
import { OrderPage } from "./order-page.tsx";

export const handle = { title: "frame.page.order" } as const satisfies PageHandle;

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { shop, admin } = await signedInShop(request, context);
  const id = orderId(params["id"]);
  const order = id && (await admin.order(shop, id));
  return {
    sought: params["id"] ?? "",
    order: order && orderForReading(order),
    inShopify: `https://${shop}/admin/orders/${id ?? ""}`,
  };
}

export default function Order() {
  const { sought, order, inShopify } = useLoaderData<typeof loader>();
  return order ? <OrderPage order={order} inShopify={inShopify} /> : <OrderMissingPage order={sought} />;
}
