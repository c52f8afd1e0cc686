import type { Translated } from "../catalogue.ts";

export const publicPages = {
  twice:
    "Tandem odesílá do Mety dvakrát, co kupující v obchodě na Shopify dělají: z prohlížeče (Meta Pixel) a ze serveru (Conversions API), se stejným ID události, takže Meta započítá jednu událost.",
  shows: "U každé události ukazuje, zda obě dorazily a shodují se, nebo proč nebyla odeslána. Reklamy nehodnotí.",
  open: "Otevřít Tandem ve vašem obchodě",
  "sign-in": "Otevřít Tandem",
  "sign-in.text": "Tandem běží v administraci Shopify v části Aplikace. Zadejte svůj obchod a přejdete tam.",
  "sign-in.domain": "Doména obchodu",
  "sign-in.invalid": "Zadejte doménu myshopify.com: example.myshopify.com. Najdete ji v části Nastavení, Domény.",
  "sign-in.continue": "Pokračovat do Shopify",
} as const satisfies Translated<"publicPages">;
