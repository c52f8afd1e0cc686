/** The pixels in settings: their list, what can be done with them, and the form that connects one. */
export const pixels = {
  about:
    "Where events go. A connected pixel gets every event, from the browser and from the server, unless you limit it.",
  connected: "Connected pixels",
  none: "None.",
  pixel: "Pixel {pixel}",
  connect: "Connect a pixel",
  "connect-pixel": "Connect pixel",
  "replace-of": "Replace the token of pixel {pixel}",
  "replace-token": "Replace token",
  "replace-token-of": "Replace token of pixel {pixel}",
  id: "Pixel ID",
  "id.help":
    "The number in Events Manager under Data sources, your pixel, Settings (Dataset ID), or the address of the pixel’s page there.",
  "id.in-address": "This address names the pixel {pixel}.",
  token: "Access token",
  "token.help":
    "From Events Manager, your pixel, Settings, Conversions API, Generate access token. It is stored encrypted and never shown again.",
  "token.stored-help":
    "A token is stored. It is never shown again: leave this empty to keep it, or paste a new one to replace it.",
  "token-stored": "A token is stored.",
  "no-token": "No token is stored, so the server sends nothing to this pixel.",
  "test-code": "Test event code (optional)",
  "test-code.help":
    "From Events Manager, Test events. While it is set, Meta shows the server’s events there. Remove it when you have finished testing.",
  "test-code-set": "Test event code {code} is set.",
  "pause-pixel": "Pause",
  "pause-pixel.of": "Pause pixel {pixel}",
  "pause.heading": "Pause pixel {pixel}?",
  "pause.ask":
    "Neither shoppers’ browsers nor the server send to it while it is paused. Events that happen meanwhile are listed as not sent, and are not sent later.",
  "pause.confirm": "Yes, pause it",
  "resume-pixel": "Resume",
  "resume-pixel.of": "Resume pixel {pixel}",
  disconnect: "Disconnect",
  "disconnect-of": "Disconnect pixel {pixel}",
  "disconnect.heading": "Disconnect pixel {pixel}?",
  "disconnect.ask":
    "Tandem deletes its token. Browsers and the server send nothing to it any more, and events that still wait for it are not sent.",
  "disconnect-pixel": "Yes, disconnect {pixel}",
  limits: "Limits",
  "limits.of": "Limits of pixel {pixel}",
  "limits.help": "Browser and server apply the same limits, so the pixel gets both legs of an event or neither.",
  "limits.countries": "Countries",
  "limits.every-country": "All countries",
  "limits.countries.help":
    "Two letters each, such as DE, AT, CH. If a visitor’s country is unknown, a limited pixel gets nothing.",
  "limits.channels": "Sales channels",
  "limits.events": "Events",
  "limits.save": "Save limits",
  "limits.sentence": "Limited to {limits}.",
  "limits.countries-are": "countries: {names}",
  "limits.channels-are": "channels: {names}",
  "limits.not": "not: {names}",
} as const;
