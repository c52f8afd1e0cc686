import type { Translated } from "../catalogue.ts";

export const legs = {
  both: "Prohlížeč i server",
  browser: "Jen prohlížeč",
  server: "Jen server",
  off: "Nehlásí se",
  agree: "Spárováno",
  differ: "Prohlížeč a server se liší",
  one: "Zatím neúplné",
  "origin.webhook": "Webhook objednávek ze Shopify",
  "origin.collector": "Prohlížeč kupujícího",
  "origin.reconciled": "Porovnání s objednávkami v Shopify",
  "origin.test": "Stránka Test",
  "origin.lead": "Váš vlastní systém, o leadu",
  "skipped.no-order-id": "Shopify nedal prohlížeči ID objednávky, a proto tento nákup hlásí jen server.",
  "skipped.manual-payment":
    "Objednávka se platí později (převodem, na dobírku), a proto ji server ohlásí, až bude zaplacená.",
  "skipped.no-currency": "Shopify nedal prohlížeči měnu a Tandem ji nikdy neodhaduje.",
  "skipped.unreadable-checkout":
    "Shopify popsal pokladnu způsobem, který Tandem nedokázal přečíst, a proto nákup hlásí jen server.",
  "skipped.zero-value": "Hodnota nákupu je podle vámi zvoleného výpočtu nulová.",
  "skipped.no-pixel": "Když to kupující udělal, nebyl připojený žádný pixel, nebo žádný pro tuto událost či zemi.",
  "skipped.switched-off": "Zvolili jste, že tuto událost odesílá jen server.",
  "reached.both": "Spárováno",
  "reached.differing": "Prohlížeč a server se liší",
  "reached.server": "Jen server",
  "reached.browser": "Jen prohlížeč",
  "reached.none": "Žádná strana",
} as const satisfies Translated<"legs">;
