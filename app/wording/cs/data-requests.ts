import type { Translated } from "../catalogue.ts";

export const dataRequests = {
  introduction: "Zákazníci, kteří vás požádali o své údaje. Stáhněte soubor a předejte ho zákazníkovi.",
  "none.heading": "Žádný zákazník o své údaje nepožádal",
  "none.text":
    "Když si v administraci Shopify vyžádáte údaje zákazníka, Tandem obvykle do minuty připraví, co o něm má uloženo. Soubor tu najdete po dobu 30 dnů.",
  requested: "Vyžádáno",
  orders: "Objednávky",
  state: "Stav",
  left: "Zbývá",
  "left.days": "{days, plural, one {# den} few {# dny} many {# dne} other {# dnů}}",
  file: "Soubor",
  download: "Stáhnout",
  "download.of": "Stáhnout soubor žádosti {requestId}",
  "download.not-permitted": "Vaše role stahování nedovoluje",
  "download.gone":
    "Tento soubor už tu není: jeho 30 dnů uplynulo, nebo byly údaje zákazníka vymazány. Načtěte stránku znovu a uvidíte, co zbývá.",
  "download.no-answer": "Soubor se nepodařilo stáhnout, protože Tandem neodpověděl. Za minutu to zkuste znovu.",
} as const satisfies Translated<"dataRequests">;
