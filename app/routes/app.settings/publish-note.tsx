import { Banner, Box, Text } from "@shopify/polaris";

type Props = {
  readonly version: number;
  readonly publish: { readonly publishedVersion: number; readonly problem: string | null };
};

/** Which version of the settings shoppers' browsers use, and when a change takes effect. */
export function PublishNote({ version, publish }: Props) {
  if (publish.problem !== null) {
    return (
      <Banner tone="warning" title={`Version ${String(version)} is saved, but has not reached the storefront`}>
        <p>{publish.problem}</p>
        <p>Press Save to try again. Until then the storefront uses {usedVersion(publish.publishedVersion)}.</p>
      </Banner>
    );
  }
  if (publish.publishedVersion < version) {
    return (
      <Banner tone="info" title={`Version ${String(version)} is saved and on its way to the storefront`}>
        <p>The storefront still uses {usedVersion(publish.publishedVersion)}. This page shows when that changes.</p>
      </Banner>
    );
  }
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <Text as="p" tone="subdued">
        The storefront uses the newest settings, version {version}. A change takes effect on the server at once, and in
        shoppers’ browsers with the next page they load; pages that are already open keep the old version. Each event
        shows the version that made it.
      </Text>
    </Box>
  );
}

const usedVersion = (version: number): string => (version === 0 ? "no settings yet" : `version ${String(version)}`);
