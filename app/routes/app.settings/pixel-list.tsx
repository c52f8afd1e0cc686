import { BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Text } from "@shopify/polaris";
import { type FormEventHandler, useState } from "react";
import type { Pixel, FieldProblem } from "../../settings/types.ts";
import { limitsInWords, PixelLimits } from "./pixel-limits.tsx";
import { StateBadge } from "../../components/state-badge.tsx";
import { PIXEL_STATES } from "../../wording/wording.ts";

type Refused = { readonly metaPixelId: string; readonly problems: readonly FieldProblem[] };

type Props = {
  /** The limits that were not saved, and why. */
  readonly refused: Refused | null;
  readonly pixels: readonly Pixel[];
  readonly mayDisconnect: boolean;
  readonly busy: string | null;
  readonly onSubmit: FormEventHandler<HTMLFormElement>;
  readonly onReplace: (pixel: Pixel) => void;
};

/** The connected pixels: each one's state, the reason, and what the merchant can do. */
export function PixelList({ pixels, ...shared }: Props) {
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Connected pixels
        </Text>
        {pixels.map((pixel) => (
          <PixelLine key={pixel.id} pixel={pixel} {...shared} />
        ))}
      </BlockStack>
    </Card>
  );
}

type LineProps = Omit<Props, "pixels"> & { readonly pixel: Pixel };

function PixelLine(line: LineProps) {
  const { pixel } = line;
  const wording = PIXEL_STATES[pixel.state];
  return (
    <section aria-label={`Pixel ${pixel.metaPixelId}`}>
      <Box paddingBlockStart="300" borderBlockStartWidth="025" borderColor="border-secondary">
        <BlockStack gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h3" variant="headingSm">
              {pixel.metaPixelId}
            </Text>
            <StateBadge wording={wording} />
          </InlineStack>
          <Text as="p" tone="subdued">
            {pixel.state === "blocked" && pixel.stateReason !== null ? `${pixel.stateReason} ` : ""}
            {wording.meaning}
          </Text>
          <Text as="p" tone="subdued">
            {pixel.hasToken ? "A token is stored." : "No token is stored, so the server sends nothing to this pixel."}
            {pixel.testEventCode !== null && ` Test event code ${pixel.testEventCode} is set.`} {limitsInWords(pixel)}
          </Text>
          <PixelActions {...line} />
        </BlockStack>
      </Box>
    </section>
  );
}

/** The limits form while it is open, else the buttons. A save closes it, because it replaces the pixel it shows. */
function PixelActions({ refused, ...line }: LineProps) {
  const { pixel, busy, onSubmit } = line;
  const now = limitsInWords(pixel);
  const [openWith, setOpenWith] = useState<string | null | undefined>(undefined);
  const problems = refused?.metaPixelId === pixel.metaPixelId ? refused.problems : [];
  if (openWith === undefined || openWith !== now) return <PixelButtons {...line} onLimit={() => setOpenWith(now)} />;
  return (
    <PixelLimits
      pixel={pixel}
      problems={problems}
      busy={busy === "filter-pixel"}
      onSubmit={onSubmit}
      onClose={() => setOpenWith(undefined)}
    />
  );
}

type ButtonsProps = Omit<LineProps, "refused"> & { readonly onLimit: () => void };

function PixelButtons({ pixel, mayDisconnect, busy, onSubmit, onReplace, onLimit }: ButtonsProps) {
  const [asking, setAsking] = useState(false);
  const name = pixel.metaPixelId;
  const send = { pixel, onSubmit, busy };
  if (asking) {
    return (
      <BlockStack gap="200">
        <Text as="p">
          Disconnect pixel {name}? Tandem deletes its token and does not send events that still wait for it.
        </Text>
        <ButtonGroup>
          <IntentButton {...send} intent="disconnect-pixel" label={`Yes, disconnect ${name}`} critical />
          <Button onClick={() => setAsking(false)}>Keep it</Button>
        </ButtonGroup>
      </BlockStack>
    );
  }
  return (
    <ButtonGroup>
      <Button onClick={() => onReplace(pixel)} accessibilityLabel={`Replace token of pixel ${name}`}>
        Replace token
      </Button>
      <Button onClick={onLimit} accessibilityLabel={`Limits of pixel ${name}`}>
        Limits
      </Button>
      {pixel.state === "paused" && <IntentButton {...send} intent="resume-pixel" label="Resume" />}
      {pixel.state === "active" && <IntentButton {...send} intent="pause-pixel" label="Pause" />}
      {mayDisconnect && (
        <Button onClick={() => setAsking(true)} tone="critical" accessibilityLabel={`Disconnect pixel ${name}`}>
          Disconnect
        </Button>
      )}
    </ButtonGroup>
  );
}

type IntentProps = Pick<LineProps, "pixel" | "onSubmit" | "busy"> & {
  readonly intent: "pause-pixel" | "resume-pixel" | "disconnect-pixel";
  readonly label: string;
  readonly critical?: boolean;
};

function IntentButton({ pixel, onSubmit, busy, intent, label, critical = false }: IntentProps) {
  return (
    <form method="post" onSubmit={onSubmit}>
      <input type="hidden" name="intent" value={intent} />
      <input type="hidden" name="destinationId" value={pixel.id} />
      <input type="hidden" name="pixelId" value={pixel.metaPixelId} />
      <Button
        submit
        loading={busy === intent}
        accessibilityLabel={critical ? label : `${label} pixel ${pixel.metaPixelId}`}
        {...(critical && { tone: "critical" as const, variant: "primary" as const })}
      >
        {label}
      </Button>
    </form>
  );
}
