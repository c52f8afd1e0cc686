import type { PageHandle } from "../../components/page-title.ts";
import { HelpPage } from "./help-page.tsx";

export const handle = { title: "frame.page.help" } as const satisfies PageHandle;

export default function Help() {
  return <HelpPage />;
}
