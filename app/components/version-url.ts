/** The URL of the page of a version of the settings. */
export const versionUrl = (version: number): string => `/app/settings/versions/${String(version)}`;
