import type { Translated } from "../catalogue.ts";

export const otherSenders = {
  "facebook-channel":
    "Shopifys App „Facebook & Instagram“ sendet an ihn. Trennen Sie den Pixel dort, unter der Datenfreigabe, oder hier.",
  "theme-code": "In Ihrem Theme steht ein Codeabschnitt des Meta-Pixels. Entfernen Sie ihn aus dem Code des Themes.",
  "tag-manager":
    "Der Google Tag Manager ist auf Ihren Seiten und sendet sehr wahrscheinlich an ihn. Entfernen Sie dort den Meta-Tag.",
  "another-script":
    "Eine andere App oder ein anderes Skript auf Ihren Seiten sendet an ihn. Suchen Sie nach einer zweiten Meta-Pixel-App.",
  "conversions-api-gateway":
    "Metas Conversions API Gateway kopiert jedes Browser-Event auf den Server. Schalten Sie es für diesen Pixel im Events Manager aus.",
} as const satisfies Translated<"otherSenders">;
