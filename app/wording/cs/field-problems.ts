import type { Translated } from "../catalogue.ts";

export const fieldProblems = {
  unreadable: "Tohle nelze přečíst. Zkontrolujte zadání a zadejte ho znovu.",
  "pixel-id.missing": "Zadejte ID pixelu. Najdete ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení.",
  "pixel-id.digits":
    "ID pixelu se skládá jen z číslic. Najdete ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení.",
  "pixel-id.length":
    "ID pixelu má 5 až 20 číslic, obvykle 15 nebo 16. Najdete ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení.",
  "token.missing":
    "Zadejte přístupový token. Vytvoříte ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token.",
  "token.not-stored": "Zadejte přístupový token: pro tento pixel zatím žádný není uložený.",
  "token.spaces":
    "Přístupový token nemá mezery ani konce řádků; zkopírujte ho znovu vcelku. Vytvoříte ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token.",
  "token.signs":
    "Přístupový token má jen písmena bez diakritiky, číslice a běžné znaky. Vytvoříte ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token.",
  "token.length":
    "Přístupový token má 8 až 1 024 znaků a obvykle začíná na EAA. Vytvoříte ho ve Správci událostí Mety: Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token.",
  "test-code.missing": "Zadejte kód testovací události, nebo pole nechte prázdné.",
  "test-code.form":
    "Kód testovací události vypadá jako TEST12345. Najdete ho ve Správci událostí Mety: Testovací události.",
  trigger: "Zvolte, kdy se objednávka počítá: když je zadaná, nebo když je zaplacená či vyřízená nebo dostane štítek.",
  "trigger-tag.missing": "Zadejte štítek, díky kterému se objednávka počítá, tak, jak je na vašich objednávkách.",
  "trigger-tag.form": "Zadejte štítek tak, jak je na vašich objednávkách: nejvýše 40 znaků, bez čárky.",
  "value-basis": "Zvolte hodnotu nákupu: celkovou částku objednávky, mezisoučet po slevách, nebo mezisoučet bez daně.",
  "content-id": "Zvolte ID, které používá váš katalog v Metě: Commerce Manager, Katalog, Položky, ID obsahu.",
  "content-country": "Zadejte zemi feedu vašeho katalogu dvěma písmeny, například US.",
  "storefront-mode": "Zvolte, kdo hlásí události z obchodu: webový pixel, nebo vložení aplikace.",
  "context-wait": "Zadejte celé sekundy od 0 do {most, number}; většině obchodů vyhovuje 90.",
  "wait-for-payment":
    "Zadejte celé dny od 7 do {most, number}; 45 nechává faktuře se splatností 30 dní o dva týdny víc.",
  "gift-cards": "Zvolte, zda se dárkové karty počítají jako prodej.",
  switch: "Zvolte zapnuto, nebo vypnuto.",
  percent: "Zadejte celé procento od 1 do 100.",
  "predicted-orders":
    "Zadejte, kolik objednávek má předplatné v průměru, celé číslo od 1 do {most, number}, nebo pole nechte prázdné.",
  "rules.form":
    "Pište jedno pravidlo na řádek, například: withhold channel pos, withhold tag wholesale, send channel draft.",
  "rules.most": "Pravidel může být nejvýše {most, number}.",
  "rule.match": "Zvolte, co pravidlo kontroluje: prodejní kanál, nebo štítek.",
  "rule.name": "Zadejte název kanálu nebo štítku, nebo pravidlo odeberte.",
  "rule.name.length": "Název má nejvýše {most, number} znaků.",
  "rule.name.unstorable": "Název obsahuje znak, který nelze uložit. Místo vložení ho napište znovu.",
  "rule.action": "Zvolte, zda odeslat, nebo neodeslat.",
  regions: "Zadejte země dvěma písmeny nebo regiony jako US-CA, oddělené čárkami: nejvýše {most, number}.",
  forms:
    "Pište jeden formulář na řádek a za něj, jako co se hlásí, například: newsletter none, contact Lead, #wholesale-form Contact. Formulář je contact, newsletter, registration, nebo CSS selektor z ID, tříd a atributů.",
  "funnel.form":
    "Zadejte fáze leadu jako JSON: 2 až {most, number} fází, jako první samotný lead, právě jednu druhu won a nejvýše jednu druhu disqualified. Příklad je v docs/leads.md.",
  "funnel.key": "Klíč fáze se skládá z malých písmen, číslic a spojovníků.",
  "funnel.tag": "Štítek zákazníka má 1 až {most, number} znaků.",
  "funnel.currency": "Měna má tři písmena, například EUR.",
  "funnel.currency.missing": "Fáze s hodnotou potřebuje její měnu: Tandem ji nikdy neodhaduje.",
  "funnel.won-last": "Fáze druhu won je poslední na cestě.",
  "funnel.one-primary": "Hlavní konverzí je nejvýše jedna fáze.",
  "funnel.same-name": "Dvě fáze mají stejný klíč nebo název.",
  "funnel.reopen": "{name} znovu otevírá diskvalifikovaný lead, a proto se tak žádná fáze nesmí jmenovat.",
  "funnel.same-tag": "Dvě fáze mají stejný štítek zákazníka.",
  "funnel.same-event": "Dvě fáze mají stejný název události: Meta by je počítala jako jednu.",
  "name.length": "Název události má nejvýše {most, number} znaků.",
  "name.signs":
    "Název události začíná písmenem a obsahuje jen písmena bez diakritiky, číslice, mezery, spojovníky a podtržítka.",
  "name.of-another": "{action} je název jiné akce: Meta by dvě různé věci počítala jako jednu.",
  "name.spelling": "Meta tuto událost píše {standard}; každý jiný zápis je vlastní událost.",
  "name.sensitive":
    "Meta zakazuje názvy událostí, které naznačují něco citlivého; tento zní jako {category, select, health {zdraví} finance {finance} religion {náboženství} politics {politika} origin {původ nebo příslušnost} sexuality {sexuální život nebo orientace} law {právo a zločin} children {děti do 13 let} other {něco takového}}.",
  "mapping.primary": "Zvolte akci, na kterou vaše kampaně optimalizují.",
  "mapping.legs": "Zvolte, kdo to odesílá: prohlížeč i server, jen prohlížeč, jen server, nebo nikdo.",
  "mapping.no-browser-leg":
    "Tohle hlásí jen objednávky, takže to žádný prohlížeč neodesílá: zvolte jen server, nebo nehlásit.",
  "mapping.shared": "{action} se už pod tímto názvem odesílá: Meta by dvě různé věci počítala jako jednu.",
  "limits.too-long": "Seznam je příliš dlouhý. Pište každou zemi jednou, dvěma písmeny, například DE, AT.",
  "limits.countries": "{names}: pište země dvěma písmeny, například DE, AT.",
  "limits.unknown": "{names}: vyberte z možností {known}.",
  "limits.no-channel": "Zvolte alespoň jeden prodejní kanál, nebo pixel pozastavte.",
  "limits.no-event": "Zvolte alespoň jednu událost, nebo pixel pozastavte.",
} as const satisfies Translated<"fieldProblems">;
