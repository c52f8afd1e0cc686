import type { Translated } from "../catalogue.ts";

export const orderPage = {
  heading: "Objednávka {order}",
  "in-shopify": "Otevřít objednávku v Shopify",
  copy: "Zkopírovat jako JSON",
  "copy.details": "Bez údajů zákazníka, pro dotaz na podporu.",
  copied: "Zkopírováno",
  "copy.by-hand": "Váš prohlížeč nedovolil Tandemu kopírovat. Označte text a zkopírujte ho.",
  summary: "Co se stalo s touto objednávkou",
  "summary.text":
    "{count, plural, one {Tandem z této objednávky vytvořil jednu událost.} few {Tandem z této objednávky vytvořil # události.} many {Tandem z této objednávky vytvořil # události.} other {Tandem z této objednávky vytvořil # událostí.}} Prohlížeč a server odesílají každou pod stejným ID události, a proto ji Meta započítá jednou.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Stalo se {at}. Hodnota: {amount}.",
  "event.happened": "Stalo se {at}.",
  "event.page": "{name} na vlastní stránce",
  "missing.heading": "Tandem nemá žádnou událost této objednávky",
  "missing.text":
    "Možná je starší než instalace Tandemu, nebo byly její události smazány po uplynutí doby uchování. Tandem každou hodinu porovnává objednávky v Shopify se svými a doplňuje, co chybí.",
  "missing.link": "Zobrazit všechny události",
} as const satisfies Translated<"orderPage">;
