import type { Translated } from "../catalogue.ts";

export const dryRun = {
  "kind.online": "Online obchod",
  "kind.b2b": "Online obchod, firemní zákazník",
  "kind.channel-visit": "Online obchod, přes aplikaci prodejního kanálu",
  "kind.pos": "Pokladní místo (POS)",
  "kind.draft": "Koncept objednávky",
  "kind.admin": "Vytvořeno v aplikaci Shopify",
  "kind.renewal": "Obnovení předplatného",
  "kind.channel": "Jiný prodejní kanál",
  "kind.unknown-source": "Neznámý původ",
  "answer.allowed": "Marketing je povolený",
  "answer.limited": "Marketing je povolený, prodej údajů ne",
  "answer.declined": "Marketing není povolený",
  "answer.none": "Bez odpovědi: žádný prohlížeč objednávku neoznámil",
  "rule.purchase-trigger-paid": "Objednávky počítáte, když jsou zaplacené.",
  "rule.purchase-trigger-fulfilled":
    "Objednávky počítáte, když jsou doručené, nebo vyřízené tam, kde dopravce doručení nehlásí.",
  "rule.purchase-trigger-tagged": "Objednávky počítáte, když dostanou váš štítek.",
  "rule.own": "Vaše pravidlo pro {rule}.",
} as const satisfies Translated<"dryRun">;
