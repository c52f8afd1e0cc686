import { Link } from "@remix-run/react";
import type { AppProviderProps } from "@shopify/polaris";
import type { ComponentProps } from "react";

type PolarisLinkProps = ComponentProps<NonNullable<AppProviderProps["linkComponent"]>>;

/** Renders Polaris' links through the router: in the admin's frame a full page load would lose the session. */
export function RouterLink({ url, id, className, children, "aria-label": label }: PolarisLinkProps) {
  return (
    <Link to={url} id={id} className={className} aria-label={label}>
      {children}
    </Link>
  );
}
