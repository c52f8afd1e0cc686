import type { Translated } from "../catalogue.ts";

export const elsewhere = {
  physical_store: "Prodej u pokladny nemá prohlížeč, takže nebyla žádná cookie lišta, na kterou by šlo odpovědět.",
  system_generated:
    "Stalo se to bez zákazníka u prohlížeče, jako při obnovení předplatného, takže nebyla žádná cookie lišta, na kterou by šlo odpovědět.",
  phone_call: "Objednávka po telefonu nemá prohlížeč, takže nebyla žádná cookie lišta, na kterou by šlo odpovědět.",
  other:
    "Objednávka, kterou zadali vaši lidé nebo jiná aplikace, nemá prohlížeč, takže nebyla žádná cookie lišta, na kterou by šlo odpovědět.",
  "consent-required-and-unknown": "Region zákazníka vyžaduje souhlas a bez něj Tandem nic neodesílá.",
  "consent-no-answer-withheld": "Region odpověď nevyžaduje, ale zvolili jste, že se události bez odpovědi neodesílají.",
  "consent-region-unknown": "Není uvedena ani země, takže není známo, zda je souhlas potřeba, a Tandem nic neodesílá.",
  "no-customer-data": "Není uveden e-mail, telefon ani adresa: nic zákazníka neurčuje a Meta takové události odmítá.",
  "anywhere.consent-required-and-unknown":
    "Zákazník nejspíš odmítl nebo přehlédl cookie lištu, nebo žádná nebyla, jako u pokladny, při obnovení předplatného nebo u objednávky, kterou zadali vaši lidé. Oblast vyžaduje souhlas a Tandem žádný nedostal.",
  "anywhere.consent-no-answer-withheld":
    "Zákazník nejspíš přehlédl cookie lištu nebo blokuje sledování, nebo žádná lišta nebyla, jako u pokladny, při obnovení předplatného nebo u objednávky, kterou zadali vaši lidé. Oblast odpověď nevyžaduje, ale zvolili jste takové události neodesílat.",
} as const satisfies Translated<"elsewhere">;
