import type { Translated } from "../catalogue.ts";

export const leadGuides = {
  hubspot: "HubSpot",
  "hubspot.text":
    "Vytvořte v HubSpotu soukromou nebo veřejnou aplikaci s webhooky. Zadejte výše její client secret a vytvořte zde adresu. Adresu použijte jako cílovou URL a odebírejte změny dealstage, lifecyclestage nebo hs_lead_status. Lead se určuje podle ID záznamu: zapište je do pole formuláře tandem_reference, nebo namapujte vlastnost s vaší referencí.",
  pipedrive: "Pipedrive",
  "pipedrive.text":
    "Vytvořte zde adresu. V nastavení Pipedrivu v části Webhooks přidejte webhook v2 pro dealy s adresou, uživatelským jménem tandem a tajným klíčem jako heslem. Pipedrive posílá číslo fáze: namapujte každé číslo na fázi v části words.",
  "salesforce-flow": "Salesforce Flow (volání HTTP)",
  "salesforce-flow.text":
    "Vytvořte zde adresu. V Salesforce vytvořte named credential, která přidá hlavičku Authorization s Bearer a tajným klíčem, a ve Flow HTTP callout, který na adresu pošle externalId nebo email, stage a at.",
  "salesforce-message": "Odchozí zpráva Salesforce (outbound message)",
  "salesforce-message.text":
    "Zadejte výše ID své organizace (Setup, Company Information) a vytvořte adresu. V Salesforce přidejte outbound message na adresu, která obsahuje tajný klíč, s poli Id, Email, Status a SystemModstamp.",
  gohighlevel: "GoHighLevel",
  "gohighlevel.text":
    "Zadejte výše ID své location a vytvořte adresu. Použijte ji jako webhook URL své aplikace v marketplace, pro opportunities. Lead se určuje podle ID kontaktu; pokud je váš formulář neobsahuje, namapujte pole s vaší referencí.",
  generic: "Jakýkoli jiný systém (JSON)",
  "generic.text":
    "Vytvořte zde adresu a každý požadavek podepište: X-Tandem-Timestamp s unixovými sekundami a X-Tandem-Signature s sha256= a HMAC-SHA256 z času, tečky a obsahu s tajným klíčem. V docs/leads.md je příklad s curl.",
  tags: "Štítky zákazníků v Shopify",
  "tags.text":
    "Dejte fázi štítek, kterým váš obchod označuje zákazníky. Když zákazník štítek dostane, jeho lead fáze dosáhne. Najde se, pokud byl odesílatel formuláře přihlášen.",
  metafield: "Metapole zákazníka v Shopify",
  "metafield.text":
    "Zadejte u fází jmenný prostor a klíč metapole. Když metapole zákazníka dostane jako hodnotu klíč nebo název fáze, jeho lead fáze dosáhne. Najde se, pokud byl odesílatel formuláře přihlášen. Hodnota, která není fází, je v seznamu s důvodem; odebrání hodnoty nic nevrací.",
  flow: "Shopify Flow",
  "flow.text":
    "Přidejte do workflow akci „Send stage to Meta“ a zadejte fázi a svou referenci, zákazníka nebo e-mailovou adresu. Klíč není potřeba. Běh, který nic nezmění, skončí chybou s důvodem v protokolu workflow.",
} as const satisfies Translated<"leadGuides">;
