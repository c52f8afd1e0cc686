import { Banner, BlockStack, List, Text } from "@shopify/polaris";
import type { FoundSender } from "../../event-contract/other-senders.ts";
import type { ShopProfile } from "../../settings/types.ts";
import { OTHER_SENDERS_IN_WORDS } from "../../wording/other-senders-in-words.ts";

type Props = {
  readonly profile: ShopProfile;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
  readonly filesToDownload: number;
  readonly quarantined: number;
  readonly unknownAnswers: number;
  readonly otherSenders: readonly FoundSender[];
};

/** Problems that the merchant should see first. Renders nothing when there are none. */
export function HomeBanners(props: Props) {
  const { profile, publish, filesToDownload, quarantined, unknownAnswers, otherSenders } = props;
  return (
    <>
      <BlockedPixels profile={profile} />
      {publish.problem !== null && <PublishProblem problem={publish.problem} />}
      {filesToDownload > 0 && <FilesToDownload count={filesToDownload} />}
      {otherSenders.length > 0 && <OtherSenders senders={otherSenders} />}
      {quarantined > 0 && <Quarantined count={quarantined} />}
      {unknownAnswers > 0 && <UnknownAnswers count={unknownAnswers} />}
    </>
  );
}

function BlockedPixels({ profile }: Pick<Props, "profile">) {
  const blocked = profile.pixels.filter((pixel) => pixel.state === "blocked");
  if (blocked.length === 0) return null;
  return (
    <Banner
      tone="critical"
      title={blocked.length === 1 ? "Meta does not accept your events" : "Meta does not accept events for some pixels"}
      action={{ content: "Go to settings", url: "/app/settings" }}
    >
      <BlockStack gap="200">
        <List>
          {blocked.map((pixel) => (
            <List.Item key={pixel.id}>
              Pixel {pixel.metaPixelId}: {pixel.stateReason ?? "Meta refused the access token."}
            </List.Item>
          ))}
        </List>
        <Text as="p">Events are kept, and sent as soon as the problem is fixed. Meta accepts them for 7 days.</Text>
      </BlockStack>
    </Banner>
  );
}

function PublishProblem({ problem }: { readonly problem: string }) {
  return (
    <Banner
      tone="warning"
      title="Your settings have not reached the storefront"
      action={{ content: "Save the settings again", url: "/app/settings" }}
    >
      <p>{problem}</p>
    </Banner>
  );
}

function FilesToDownload({ count }: { readonly count: number }) {
  return (
    <Banner
      tone="warning"
      title={count === 1 ? "A customer asked for their data" : `${String(count)} customers asked for their data`}
      action={{ content: "Go to data requests", url: "/app/data-requests" }}
    >
      <p>
        What Tandem holds of them is ready to download for 30 days. Most privacy laws give you a month to answer the
        customer.
      </p>
    </Banner>
  );
}

function OtherSenders({ senders }: { readonly senders: readonly FoundSender[] }) {
  return (
    <Banner tone="warning" title="Something else also sends events to your pixel">
      <BlockStack gap="200">
        <List>
          {senders.map(({ metaPixelId, sender }) => (
            <List.Item key={`${metaPixelId} ${sender}`}>
              Pixel {metaPixelId}: {OTHER_SENDERS_IN_WORDS[sender]}
            </List.Item>
          ))}
        </List>
        <Text as="p">
          Meta cannot tell its events from Tandem’s, so visits and sales count twice. Keep only one of the two.
        </Text>
      </BlockStack>
    </Banner>
  );
}

function Quarantined({ count }: { readonly count: number }) {
  const what = count === 1 ? "1 message from Shopify" : `${String(count)} messages from Shopify`;
  return (
    <Banner tone="warning" title={`${what} could not be read`}>
      <p>
        Nothing is lost: the messages are kept encrypted. Send this number and today’s date to the operator of this app.
      </p>
    </Banner>
  );
}

function UnknownAnswers({ count }: { readonly count: number }) {
  const what = count === 1 ? "1 answer from Meta" : `${String(count)} answers from Meta`;
  return (
    <Banner tone="info" title={`Tandem does not recognize ${what} of the last seven days`}>
      <p>
        Tandem sends the affected events again a few times; all others are sent as usual. Open an affected event under
        Events, and send the code of the answer to the operator of this app.
      </p>
    </Banner>
  );
}
