import { Banner, BlockStack, Box, Button, Card, IndexTable, Page, Text } from "@shopify/polaris";
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
    <Page
      title="Data requests"
      subtitle="Customers who asked you for their data. Download the file, and give it to the customer."
    >
      <Box paddingBlockEnd="800">
        <BlockStack gap="400">
          <div role="status">{problem !== null && <Banner tone="warning" title={problem} />}</div>
          <Card padding="0">{table.requests.length === 0 ? <NoRequests /> : <RequestTable {...table} />}</Card>
        </BlockStack>
      </Box>
    </Page>
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

const HEADINGS = [
  { title: "Requested" },
  { title: "Orders" },
  { title: "State" },
  { title: "Days left" },
  { title: "File" },
] as const;

function RequestTable({ mayDownload, requests, now, onDownload }: Omit<DataRequestsProps, "problem">) {
  return (
    <IndexTable
      resourceName={{ singular: "request", plural: "requests" }}
      itemCount={requests.length}
      headings={[...HEADINGS]}
      selectable={false}
    >
      {requests.map((request, position) => (
        <IndexTable.Row key={request.requestId} id={request.requestId} position={position}>
          <IndexTable.Cell>
            <LocalTime at={request.requestedAt} />
          </IndexTable.Cell>
          <IndexTable.Cell>{request.orderIds.join(", ") || "–"}</IndexTable.Cell>
          <IndexTable.Cell>
            <State state={stateOf(request)} />
          </IndexTable.Cell>
          <IndexTable.Cell>{request.deletedAt === null ? "–" : daysUntil(request.deletedAt, now)}</IndexTable.Cell>
          <IndexTable.Cell>
            {mayDownload ? (
              <Button
                disabled={request.assembledAt === null}
                accessibilityLabel={`Download the file of request ${request.requestId}`}
                onClick={() => onDownload(request.requestId)}
              >
                Download
              </Button>
            ) : (
              "Your role does not allow downloads"
            )}
          </IndexTable.Cell>
        </IndexTable.Row>
      ))}
    </IndexTable>
  );
}

function State({ state }: { readonly state: DataRequestState }) {
  const wording = DATA_REQUEST_STATES[state];
  return (
    <BlockStack gap="100" inlineAlign="start">
      <StateBadge wording={wording} />
      <div style={{ whiteSpace: "normal", minWidth: "14rem", maxWidth: "22rem" }}>
        <Text as="span" variant="bodySm" tone="subdued">
          {wording.meaning}
        </Text>
      </div>
    </BlockStack>
  );
}

function stateOf({ assembledAt, downloadedAt }: DataRequest): DataRequestState {
  if (assembledAt === null) return "being-assembled";
  return downloadedAt === null ? "ready" : "downloaded";
}

const DAY_MS = 86_400_000;
const daysUntil = (end: Date, now: Date): number => Math.max(0, Math.ceil((end.getTime() - now.getTime()) / DAY_MS));
