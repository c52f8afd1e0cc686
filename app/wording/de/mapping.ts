import type { Translated } from "../catalogue.ts";

export const mapping = {
  "action.PageView": "Eine Seite wird angesehen",
  "action.ViewContent": "Ein Produkt wird angesehen",
  "action.ViewCategory": "Eine Kollektion wird angesehen",
  "action.Search": "Im Shop wird gesucht",
  "action.AddToCart": "Ein Produkt wird in den Warenkorb gelegt",
  "action.InitiateCheckout": "Ein Checkout wird begonnen",
  "action.AddPaymentInfo": "Zahlungsdaten werden angegeben",
  "action.Purchase": "Eine Bestellung wird aufgegeben oder bezahlt",
  "action.Lead": "Ein Newsletter- oder Lead-Formular wird abgeschickt",
  "action.Contact": "Ein Kontaktformular wird abgeschickt",
  "action.CompleteRegistration": "Ein Kundenkonto wird erstellt",
  "action.Subscribe": "Ein Abonnement wird begonnen",
  "action.OrderRefunded": "Eine Bestellung wird rückerstattet",
  "action.UpsellPurchase": "Nach dem Checkout wird etwas hinzugefügt",
  "action.LeadStage": "Ein Lead erreicht eine Stufe",
  "channel.online": "Onlineshop",
  "channel.pos": "Point of Sale",
  "channel.renewals": "Verlängerungen von Abonnements",
  "channel.other": "Bestellentwürfe, Adminbereich und andere Kanäle",
  "warning.primary-without-value":
    "{action} hat keinen Wert. Meta kann deshalb Kunden, die mehr ausgeben, nicht bevorzugen. Mit Purchase geht das.",
  "warning.primary-off": "{action} ist Ihre wichtigste Conversion und wird gar nicht gemeldet.",
  "warning.browser-alone":
    "{action} wird nur vom Browser gemeldet: Käufer, die Tracking blockieren, werden nicht gezählt.",
  "warning.server-alone":
    "{action} wird nur vom Server gemeldet: Das wartet auf keinen Browser, ordnet aber weniger Personen zu.",
  "warning.purchase-renamed":
    "Bestellungen werden als {name} gesendet, ein benutzerdefiniertes Event: Was Meta für Purchase anbietet, gilt dafür nicht.",
} as const satisfies Translated<"mapping">;
