import type { Translated } from "../catalogue.ts";

export const reasons = {
  "waiting-for-payment": "Objednávka ještě není zaplacená a vy počítáte objednávky, až když jsou zaplacené.",
  "waiting-for-fulfillment":
    "Objednávka ještě není doručená. Objednávky počítáte, až když jsou doručené, nebo vyřízené tam, kde dopravce doručení nehlásí.",
  "waiting-for-tag": "Objednávka ještě nemá váš štítek a vy počítáte objednávky, až když ho dostanou.",
  "not-paid-in-time":
    "Objednávka nebyla zaplacená během dnů, po které smějí objednávky čekat na platbu. Počet dnů změníte v části Nastavení, Objednávky; platí pro objednávky, které ještě čekají.",
  "not-fulfilled-in-time":
    "Objednávka nebyla doručená ani vyřízená během dnů, po které smějí objednávky čekat. Počet dnů změníte v části Nastavení, Objednávky; platí pro objednávky, které ještě čekají.",
  "not-tagged-in-time":
    "Objednávka nedostala váš štítek během dnů, po které smějí objednávky čekat. Počet dnů změníte v části Nastavení, Objednávky; platí pro objednávky, které ještě čekají.",
  "test-order":
    "Toto je test a testy se odesílají jen pod kódem testovací události. Chcete-li ho vyzkoušet, zkopírujte kód z části Testovat události v Events Manageru společnosti Meta, zadejte ho u svého pixelu v Nastavení a testovací objednávku zadejte znovu.",
  "zero-value": "Hodnota objednávky je podle vámi zvoleného výpočtu nulová a nákup bez hodnoty by Metu mátl.",
  "cancelled-before-payment": "Objednávka byla zrušena dřív, než byla zaplacená.",
  "cancelled-before-counting":
    "Objednávka byla zrušena dřív, než byla podle vaší volby doručená, vyřízená nebo označená štítkem.",
  "channel-withheld": "Vaše pravidlo pro tento prodejní kanál jeho objednávky zadržuje.",
  "tag-withheld": "Vaše pravidlo pro jeden ze štítků objednávky ji zadržuje.",
  "gift-cards-only": "Objednávka obsahuje jen dárkové karty a vy je nepočítáte jako prodej.",
  "no-currency": "Událost neobsahovala měnu a Tandem ji nikdy neodhaduje.",
  "no-value": "Meta odmítá prodej bez hodnoty.",
  "bad-value": "Hodnota není částka, kterou Meta přijímá.",
  "bad-contents": "Některé z položek chybí ID v katalogu nebo cena, kterou Meta přijímá.",
  "no-page-address": "Meta u každé události z webu vyžaduje adresu stránky a tato událost žádnou nemá.",
  "unhashed-customer-data": "Údaje o zákazníkovi nebyly v podobě, kterou Meta přijímá, a proto se nic neodeslalo.",
  "in-the-future": "Čas události je v budoucnosti a Meta takové události odmítá.",
  "no-customer-data":
    "Návštěvník nejspíš blokuje cookies nebo objednávka nemá e-mail ani adresu: nic v události neukazuje na zákazníka a takové události Meta odmítá.",
  bot: "Prohlížeč se hlásí jako robot, například vyhledávače nebo monitorovací služby.",
  "no-pixel": "V té době nebyl připojený žádný pixel Meta.",
  "no-token": "Připojený pixel nemá přístupový token. Nahraďte ho v části Nastavení.",
  "server-leg-off": "Odesílání této události ze serveru jste vypnuli.",
  "not-routed": "Každý pixel je omezený na jiné země, prodejní kanály nebo události.",
  "pixel-paused": "V té době byly všechny připojené pixely pozastavené.",
  "pixel-disconnected": "Pixel byl odpojen dřív, než Meta událost přijala.",
  paused: "Pixel je pozastavený.",
  blocked: "Meta pro tento pixel momentálně události nepřijímá.",
  "app-uninstalled": "Aplikace byla v té době odinstalovaná.",
  "customer-redacted":
    "Shopify požádal o výmaz údajů tohoto zákazníka dřív, než byla událost odeslána, a proto odeslána nebyla. Nemusíte nic dělat.",
  "dedup-window-passed":
    "Událost ze serveru by dorazila víc než 48 hodin po události z prohlížeče. Meta už takovou dvojici nesloučí, a proto by se započítala dvakrát.",
  "too-old": "Událost je starší než 7 dnů, které Meta přijímá.",
  "consent-browser-granted": "Prohlížeč návštěvníka oznámil, že marketing je povolený.",
  "consent-browser-declined": "Prohlížeč návštěvníka oznámil, že marketing povolený není.",
  "consent-no-shopper": "Není tu žádný zákazník: tento test odeslal někdo z vašeho obchodu ze stránky Test.",
  "consent-not-required-in-region": "Žádný prohlížeč neodpověděl a v regionu kupujícího není souhlas potřeba.",
  "consent-required-and-unknown":
    "Zákazník nejspíš odmítl nebo přehlédl cookie lištu. Jeho oblast vyžaduje souhlas a Tandem žádný nedostal.",
  "consent-no-answer-withheld":
    "Zákazník nejspíš přehlédl cookie lištu nebo blokuje sledování. Jeho oblast odpověď nevyžaduje, ale zvolili jste takové události neodesílat.",
  "consent-region-unknown":
    "Objednávka nejspíš neuvádí zemi, třeba u pokladny nebo po telefonu, takže se neví, zda je souhlas nutný; neodpověděl ani prohlížeč.",
  "consent-sale-opt-out": "Návštěvník odmítl prodej svých údajů, a proto je Meta smí používat jen omezeně.",
  "consent-customer-opted-out":
    "Podle záznamu zákazníka v Shopify odmítl zákazník prodej svých údajů, a proto je Meta smí používat jen omezeně.",
  "consent-opt-out-unknown":
    "Zákazníci tohoto regionu mohou prodej svých údajů odmítnout a Shopify neodpověděl, zda to tento zákazník udělal. Pro jistotu smí Meta údaje používat jen omezeně.",
  unknown: "Pro tento důvod zatím není popis: {code}.",
} as const satisfies Translated<"reasons">;
