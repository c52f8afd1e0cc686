import { useFetcher } from "@remix-run/react";
import { useEffect } from "react";
import type { loader as latestOrderValues } from "../app.latest-order-values.tsx";
import type { LatestOrder } from "./value-preview.tsx";

/** The shop's last order, loaded after the page is shown. */
export function useLatestOrder(): LatestOrder | null {
  const { load, data } = useFetcher<typeof latestOrderValues>();
  useEffect(() => load("/app/latest-order-values"), [load]);
  return data?.latest ?? null;
}
