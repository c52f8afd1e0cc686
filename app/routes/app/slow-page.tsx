import { useLocation, useNavigation } from "@remix-run/react";
import { type ReactNode, useEffect, useState } from "react";
import { useWords } from "../../components/words-context.ts";
import { pageNameOf } from "./page-names.ts";

/** A page that is there sooner needs no notice that it is coming. */
const SOON_MS = 300;

/** The page, or, while another one is long in coming, that one's name and that it loads. */
export function SlowPage({ children }: { readonly children: ReactNode }) {
  const coming = usePathOfSlowPage();
  return coming === null ? children : <ComingPage pathname={coming} />;
}

export function ComingPage({ pathname }: { readonly pathname: string }) {
  const words = useWords();
  const page = words.text(pageNameOf(pathname));
  return (
    <s-page heading={page}>
      <s-section accessibilityLabel={page}>
        <s-stack alignItems="center" padding="large-500">
          <s-spinner size="large" accessibilityLabel={words.text("frame.loading", { page })} />
        </s-stack>
      </s-section>
    </s-page>
  );
}

/** Filters, pages of a list and saves keep the page that is shown. */
function usePathOfSlowPage(): string | null {
  const { pathname } = useLocation();
  const { state, location, formData } = useNavigation();
  const isAnother = state === "loading" && formData === undefined && location.pathname !== pathname;
  const coming = isAnother ? location.pathname : null;
  const [awaited, setAwaited] = useState<string | null>(null);
  useEffect(() => {
    if (coming === null) return;
    const timer = setTimeout(() => setAwaited(coming), SOON_MS);
    return () => {
      clearTimeout(timer);
      setAwaited(null);
    };
  }, [coming]);
  return awaited === coming ? coming : null;
}
