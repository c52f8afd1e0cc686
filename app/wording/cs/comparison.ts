import type { Translated } from "../catalogue.ts";

export const comparison = {
  "no-access": "Shopify nedalo Tandemu přístup k objednávkám obchodu. Otevřete aplikaci znovu z administrace obchodu.",
  refused: "Shopify odmítá objednávky ukázat a uvádí: „{said}“",
  "refused-silently": "Shopify odmítá objednávky ukázat a neuvádí proč.",
  forbidden:
    "Shopify nedovoluje Tandemu objednávky číst: aplikaci chybí oprávnění, nebo její server není na seznamu povolených adres. Zeptejte se toho, kdo Tandem provozuje.",
  "request-refused":
    "Shopify odmítá požadavek Tandemu (odpověď {said}). Otevřete aplikaci znovu z administrace obchodu; pokud to nepomůže, zeptejte se toho, kdo Tandem provozuje.",
  unavailable: "Shopify právě neodpovídá.",
} as const satisfies Translated<"comparison">;
