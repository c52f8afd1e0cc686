import type { Translated } from "../catalogue.ts";

export const mapping = {
  "action.PageView": "Zobrazení stránky",
  "action.ViewContent": "Zobrazení produktu",
  "action.ViewCategory": "Zobrazení kolekce",
  "action.Search": "Vyhledávání v obchodě",
  "action.AddToCart": "Přidání produktu do košíku",
  "action.InitiateCheckout": "Zahájení pokladny",
  "action.AddPaymentInfo": "Zadání platebních údajů",
  "action.Purchase": "Zadání nebo zaplacení objednávky",
  "action.Lead": "Odeslání formuláře pro newsletter nebo zájemce",
  "action.Contact": "Odeslání kontaktního formuláře",
  "action.CompleteRegistration": "Vytvoření zákaznického účtu",
  "action.Subscribe": "Zahájení předplatného",
  "action.OrderRefunded": "Vrácení peněz za objednávku",
  "action.UpsellPurchase": "Přidání zboží po dokončení pokladny",
  "action.LeadStage": "Lead dosáhne fáze",
  "channel.online": "Online obchod",
  "channel.pos": "Pokladní místo (POS)",
  "channel.renewals": "Obnovení předplatného",
  "channel.other": "Koncepty, administrace a další kanály",
  "warning.primary-without-value":
    "{action} nemá hodnotu, a Meta proto nemůže upřednostnit zákazníky, kteří utrácejí víc. Purchase ji má.",
  "warning.primary-off": "{action} je vaše hlavní konverze, ale vůbec se nehlásí.",
  "warning.browser-alone": "{action} hlásí jen prohlížeč: kupující, kteří blokují sledování, se nezapočítají.",
  "warning.server-alone": "{action} hlásí jen server: nečeká se na prohlížeč, ale přiřadí se méně lidí.",
  "warning.purchase-renamed":
    "Objednávky se odesílají jako {name}, tedy vlastní událost: co Meta nabízí pro Purchase, pro ni neplatí.",
} as const satisfies Translated<"mapping">;
