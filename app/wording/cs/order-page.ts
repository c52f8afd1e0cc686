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
    "{count, plural, one {Tandem z této objednávky vytvořil jednu událost.} few {Tandem z této objednávky vytvořil # události.} many {Tandem z této objednávky vytvořil # události.} other {Tandem z této objednávky vytvořil # událostí.}} Odešle-li ji i prohlížeč, mají obě stejné ID události, a proto ji Meta započítá jednou.",
  "event.of": "{name}, {state}",
  "event.sent-at": "Stalo se {at}. Hodnota: {amount}.",
  "event.happened": "Stalo se {at}.",
  "event.page": "{name} na vlastní stránce",
  "missing.heading": "Tandem nemá žádnou událost této objednávky",
  "missing.text":
    "Možná je starší než instalace Tandemu, nebo byly její události smazány po uplynutí doby uchování. Tandem každou hodinu porovnává objednávky v Shopify se svými a doplňuje, co chybí.",
  "missing.link": "Zobrazit všechny události",
  "now.heading": "Co by se odeslalo teď",
  "now.text":
    "Tandem načte objednávku ze Shopify v dnešním stavu a rozhodne o ní podle dnešních nastavení, pixelů a omezení a podle toho, co prohlížeče k této objednávce opravdu nahlásily. Prohlédnutí nic neodešle.",
  "now.start": "Zjistit, co by se odeslalo teď",
  "now.restart": "Zjistit znovu",
  "now.running": "Objednávka se načítá ze Shopify. Trvá to několik sekund.",
  "now.none": "Do Mety by se neodeslalo nic.",
  "now.json": "Událost serveru pro Metu: {name}",
  "now.caveat.no-receipt":
    "Chybí: k této pokladně není uchováno žádné hlášení prohlížeče. Žádné nepřišlo, nebo je starší než 7 dní. V události proto nejsou cookies Mety ani stránka; co o objednávce ví Shopify, v ní je.",
  "now.caveat.receipt-without-person":
    "Chybí: když událost nebyla odeslána, Tandem z hlášení prohlížeče odstranil cookies, adresy a stránky a nelze je vrátit.",
  "now.caveat.no-answer-recorded":
    "Chybí: není zaznamenána žádná odpověď prohlížeče o souhlasu. Tandem žádnou nepředpokládá; rozhoduje pravidlo vašeho obchodu pro objednávky bez odpovědi.",
  "now.caveat.late-answer":
    "Po rozhodnutí přišla ještě odpověď prohlížeče o souhlasu. Tento výsledek nemění; pokud zněla ne, událost se znovu neodešle.",
  "now.no-access":
    "Shopify nedalo této aplikaci přístup k objednávkám obchodu. Otevřete aplikaci znovu z administrace obchodu.",
  "now.gone":
    "Shopify tuto objednávku aplikaci neukazuje: byla smazána, nebo je starší než 60 dní, které aplikace smějí vidět.",
  "now.unreadable":
    "Odpověď Shopify není objednávka, jak ji Tandem zná. Zkuste to znovu; pokud to potrvá, pošlete JSON z této stránky své podpoře.",
  "again.may":
    "Tato událost skončila, aniž dorazila do Mety, a smí se odeslat znovu: Meta ji nemůže započítat dvakrát a není příliš stará.",
  "again.send": "Odeslat {name} znovu",
  "again.running": "Odesílá se znovu",
  "again.read-only":
    "Vaše role nesmí odesílat události znovu. Vlastník aplikace může vaši roli změnit na stránce Přístup.",
  "again.done.queued":
    "Na cestě: událost se teď odesílá do Mety. Odpověď Mety uvidíte, až tuto stránku otevřete znovu.",
  "again.done.changed":
    "Znovu neodesláno: událost, údaje zákazníka nebo pixely se mezitím změnily. Zjistěte stav znovu.",
  "again.not": "Znovu odeslat nelze. {reason}",
  "again.not.not-recorded":
    "Záznamy Tandemu takovou událost této objednávky nemají. Tandem každou hodinu porovnává objednávky v Shopify se svými a doplňuje, co chybí.",
  "again.not.under-way": "Událost už je na cestě nebo čeká. Odešle se sama.",
  "again.not.already-delivered":
    "Meta tuto událost přijala. Nové odeslání by do 48 hodin nic nezměnilo a poté by ji započítalo dvakrát.",
  "again.not.customer-redacted": "Údaje zákazníka byly na jeho žádost smazány, takže se o něm už nic odeslat nesmí.",
  "again.not.no-consent":
    "Nebyla odeslána, protože chyběl souhlas. To platí natrvalo, i když zákazník později souhlasí.",
  "again.not.declined-later":
    "Prohlížeč zákazníka odmítl marketing až po rozhodnutí o události. Tandem k této objednávce už nic neodešle.",
  "again.not.waits": "Objednávka se zatím nepočítá. Jakmile se počítat začne, odešle se sama.",
  "again.not.too-old": "Meta nepřijme událost starší než 7 dní, nebo než 62 dní u prodeje v prodejně.",
  "again.not.pair-too-old":
    "Událost prohlížeče dorazila do Mety před více než 48 hodinami. Meta už takovou dvojici nespojí, nákup by se započítal dvakrát.",
  "again.not.unclear-answer":
    "Tandem ji odeslal před více než 48 hodinami a odpověď Mety se ztratila. Meta ji možná započítala a už by ji nepoznala jako stejnou.",
  "again.not.not-sent-now": "S dnešním nastavením a pixely by se událost stále neodeslala, z důvodu uvedeného výše.",
  "again.not.pixel-not-active":
    "Každý pixel, do kterého by šla, je pozastavený nebo zablokovaný. Opravte pixel v Nastavení a odešlete událost znovu.",
} as const satisfies Translated<"orderPage">;
