import type { Translated } from "../catalogue.ts";

export const publicPages = {
  twice:
    "Tandem sendet, was Käufer in einem Shopify-Shop tun, zweimal an Meta: vom Browser (Meta-Pixel) und vom Server (Conversions API), mit derselben Event-ID, sodass Meta ein Event zählt.",
  shows:
    "Für jedes Event zeigt Tandem, ob beide angekommen sind und übereinstimmen, oder warum es nicht gesendet wurde. Anzeigen bewertet es nicht.",
  open: "Tandem in Ihrem Shop öffnen",
  "sign-in": "Tandem öffnen",
  "sign-in.text":
    "Tandem läuft im Shopify-Adminbereich unter „Apps“. Geben Sie Ihren Shop ein, um dorthin zu gelangen.",
  "sign-in.domain": "Domain des Shops",
  "sign-in.invalid":
    "Geben Sie die myshopify.com-Domain ein: example.myshopify.com. Sie steht unter „Einstellungen“, „Domains“.",
  "sign-in.continue": "Weiter zu Shopify",
} as const satisfies Translated<"publicPages">;
