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
    <s-banner
      tone="critical"
      heading={
        blocked.length === 1 ? "Meta does not accept your events" : "Meta does not accept events for some pixels"
      }
    >
      <s-button slot="secondary-actions" href="/app/settings">
        Go to settings
      </s-button>
      <s-stack gap="small-100">
        <s-unordered-list>
          {blocked.map((pixel) => (
            <s-list-item key={pixel.id}>
              Pixel {pixel.metaPixelId}: {pixel.stateReason ?? "Meta refused the access token."}
            </s-list-item>
          ))}
        </s-unordered-list>
        <s-paragraph>
          Events are kept, and sent as soon as the problem is fixed. Meta accepts them for 7 days.
        </s-paragraph>
      </s-stack>
    </s-banner>
  );
}

function PublishProblem({ problem }: { readonly problem: string }) {
  return (
    <s-banner tone="warning" heading="Your settings have not reached the storefront">
      <s-button slot="secondary-actions" href="/app/settings">
        Save the settings again
      </s-button>
      <s-paragraph>{problem}</s-paragraph>
    </s-banner>
  );
}

function FilesToDownload({ count }: { readonly count: number }) {
  return (
    <s-banner
      tone="warning"
      heading={count === 1 ? "A customer asked for their data" : `${String(count)} customers asked for their data`}
    >
      <s-button slot="secondary-actions" href="/app/data-requests">
        Go to data requests
      </s-button>
      <s-paragraph>
        What Tandem holds of them is ready to download for 30 days. Most privacy laws give you a month to answer the
        customer.
      </s-paragraph>
    </s-banner>
  );
}

function OtherSenders({ senders }: { readonly senders: readonly FoundSender[] }) {
  return (
    <s-banner tone="warning" heading="Something else also sends events to your pixel">
      <s-stack gap="small-100">
        <s-unordered-list>
          {senders.map(({ metaPixelId, sender }) => (
            <s-list-item key={`${metaPixelId} ${sender}`}>
              Pixel {metaPixelId}: {OTHER_SENDERS_IN_WORDS[sender]}
            </s-list-item>
          ))}
        </s-unordered-list>
        <s-paragraph>
          Meta cannot tell its events from Tandem’s, so visits and sales count twice. Keep only one of the two.
        </s-paragraph>
      </s-stack>
    </s-banner>
  );
}

function Quarantined({ count }: { readonly count: number }) {
  const what = count === 1 ? "1 message from Shopify" : `${String(count)} messages from Shopify`;
  return (
    <s-banner tone="warning" heading={`${what} could not be read`}>
      <s-paragraph>
        Nothing is lost: the messages are kept encrypted. Send this number and today’s date to the operator of this app.
      </s-paragraph>
    </s-banner>
  );
}

function UnknownAnswers({ count }: { readonly count: number }) {
  const what = count === 1 ? "1 answer from Meta" : `${String(count)} answers from Meta`;
  return (
    <s-banner tone="info" heading={`Tandem does not recognize ${what} of the last seven days`}>
      <s-paragraph>
        Tandem sends the affected events again a few times; all others are sent as usual. Open an affected event under
        Events, and send the code of the answer to the operator of this app.
      </s-paragraph>
    </s-banner>
  );
}
