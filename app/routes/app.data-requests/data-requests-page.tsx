import { LocalTime } from "../../components/local-time.tsx";
import { NothingHere } from "../../components/nothing-here.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import type { DataRequest, DataRequestState } from "../../privacy/types.ts";
import { DATA_REQUEST_STATES } from "../../wording/wording.ts";

export type DataRequestsProps = {
  /** Whether the person's role allows a download. */
  readonly mayDownload: boolean;
  /** Newest first. */
  readonly requests: readonly DataRequest[];
  readonly now: Date;
  /** Why the last download failed. */
  readonly problem: string | null;
  readonly onDownload: (requestId: string) => void;
};

/** The requests of customers for their data, each with its file. */
export function DataRequestsPage({ problem, ...table }: DataRequestsProps) {
  return (
    <s-page heading="Data requests">
      <s-paragraph>Customers who asked you for their data. Download the file, and give it to the customer.</s-paragraph>
      <div role="status">{problem !== null && <s-banner tone="warning" heading={problem} />}</div>
      <s-section padding="none">{table.requests.length === 0 ? <NoRequests /> : <RequestTable {...table} />}</s-section>
    </s-page>
  );
}

const NoRequests = () => (
  <NothingHere
    heading="No customer has asked for their data"
    text={
      "When you request a customer’s data in the Shopify admin, Tandem puts together what it holds of them, usually " +
      "within a minute. You find the file here for 30 days."
    }
    link={{ label: "Go to Home", url: "/app" }}
  />
);

function RequestTable({ mayDownload, requests, now, onDownload }: Omit<DataRequestsProps, "problem">) {
  return (
    <s-table>
      <s-table-header-row>
        <s-table-header listSlot="primary">Requested</s-table-header>
        <s-table-header>Orders</s-table-header>
        <s-table-header listSlot="inline">State</s-table-header>
        <s-table-header>Days left</s-table-header>
        <s-table-header>File</s-table-header>
      </s-table-header-row>
      <s-table-body>
        {requests.map((request) => (
          <s-table-row key={request.requestId}>
            <s-table-cell>
              <LocalTime at={request.requestedAt} />
            </s-table-cell>
            <s-table-cell>{request.orderIds.join(", ") || "–"}</s-table-cell>
            <s-table-cell>
              <State state={stateOf(request)} />
            </s-table-cell>
            <s-table-cell>{request.deletedAt === null ? "–" : daysUntil(request.deletedAt, now)}</s-table-cell>
            <s-table-cell>
              {mayDownload ? (
                <s-button
                  {...(request.assembledAt === null && { disabled: true })}
                  accessibilityLabel={`Download the file of request ${request.requestId}`}
                  onClick={() => onDownload(request.requestId)}
                >
                  Download
                </s-button>
              ) : (
                "Your role does not allow downloads"
              )}
            </s-table-cell>
          </s-table-row>
        ))}
      </s-table-body>
    </s-table>
  );
}

function State({ state }: { readonly state: DataRequestState }) {
  const wording = DATA_REQUEST_STATES[state];
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
const daysUntil = (end: Date, now: Date): number => Math.max(0, Math.ceil((end.getTime() - now.getTime()) / DAY_MS));
