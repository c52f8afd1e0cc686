import { LocalTime } from "../../components/local-time.tsx";
import { NothingHere } from "../../components/nothing-here.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { useWords } from "../../components/words-context.ts";
import type { DataRequest, DataRequestState } from "../../privacy/types.ts";
import { stateWording } from "../../wording/state-wording.ts";
import type { Words } from "../../wording/words.ts";
import type { DownloadProblem } from "./download-file.ts";

export type DataRequestsProps = {
  /** Whether the person's role allows a download. */
  readonly mayDownload: boolean;
  /** Newest first. */
  readonly requests: readonly DataRequest[];
  readonly now: Date;
  /** Why the last download failed. */
  readonly problem: DownloadProblem | null;
  readonly onDownload: (requestId: string) => void;
};

/** The requests of customers for their data, each with its file. */
export function DataRequestsPage({ problem, ...table }: DataRequestsProps) {
  const words = useWords();
  const said = problem === null ? null : words.text(`dataRequests.download.${problem}`);
  return (
    <s-page heading={words.text("frame.page.data-requests")}>
      <s-paragraph>{words.text("dataRequests.introduction")}</s-paragraph>
      <div role="status">{said !== null && <s-banner tone="warning" heading={said} />}</div>
      <s-section padding="none">{table.requests.length === 0 ? <NoRequests /> : <RequestTable {...table} />}</s-section>
    </s-page>
  );
}

function NoRequests() {
  const words = useWords();
  return (
    <NothingHere
      heading={words.text("dataRequests.none.heading")}
      text={words.text("dataRequests.none.text")}
      link={{ label: words.text("frame.go-home"), url: "/app" }}
    />
  );
}

function RequestTable({ mayDownload, requests, now, onDownload }: Omit<DataRequestsProps, "problem">) {
  const words = useWords();
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">{words.text("dataRequests.requested")}</s-table-header>
        <s-table-header>{words.text("dataRequests.orders")}</s-table-header>
        <s-table-header listSlot="inline">{words.text("dataRequests.state")}</s-table-header>
        <s-table-header>{words.text("dataRequests.left")}</s-table-header>
        <s-table-header>{words.text("dataRequests.file")}</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {requests.map((request) => (
          <s-table-row key={request.requestId}>
            <s-table-cell>
              <LocalTime at={request.requestedAt} />
            </s-table-cell>
            <s-table-cell>{request.orders.join(", ") || "–"}</s-table-cell>
            <s-table-cell>
              <State state={stateOf(request)} />
            </s-table-cell>
            <s-table-cell>{leftOf(words, request, now)}</s-table-cell>
            <s-table-cell>
              {mayDownload ? (
                <s-button
                  {...(request.assembledAt === null && { disabled: true })}
                  accessibilityLabel={words.text("dataRequests.download.of", { requestId: request.requestId })}
                  onClick={() => onDownload(request.requestId)}
                >
                  {words.text("dataRequests.download")}
                </s-button>
              ) : (
                words.text("dataRequests.download.not-permitted")
              )}
            </s-table-cell>
          </s-table-row>
        ))}
      </s-table-body>
    </s-table>
  );
}

function State({ state }: { readonly state: DataRequestState }) {
  const wording = stateWording(useWords(), "data-request", state);
  return (
    <s-stack gap="small-300" alignItems="start">
      <StateBadge wording={wording} />
      <s-text color="subdued">{wording.meaning}</s-text>
    </s-stack>
  );
}

function stateOf({ assembledAt, downloadedAt }: DataRequest): DataRequestState {
  if (assembledAt === null) return "being-assembled";
  return downloadedAt === null ? "ready" : "downloaded";
}

const DAY_MS = 86_400_000;
const leftOf = (words: Words, { deletedAt }: DataRequest, now: Date): string =>
  deletedAt === null ? "–" : words.text("dataRequests.left.days", { days: daysUntil(deletedAt, now) });
const daysUntil = (end: Date, now: Date): number => Math.max(0, Math.ceil((end.getTime() - now.getTime()) / DAY_MS));
