import type { Translated } from "../catalogue.ts";

export const versions = {
  about:
    "Každé uložení je verze. Každá událost ukazuje verzi, podle které se o ní rozhodlo, a nic se tu nikdy nepřepisuje.",
  "one.heading": "Nastavení, verze {version}",
  newest: "Platí",
  first: "Nastavení nového obchodu.",
  "pixels-only": "Žádné nastavení se nezměnilo: změnil se seznam pixelů a byl znovu zveřejněn.",
  setting: "Nastavení",
  before: "Předtím",
  after: "Potom",
  older: "Starší verze",
  back: "Zpět na nejnovější",
  all: "Všechny verze",
  open: "Verze {version}",
  changed: "Co se změnilo",
  "is-newest": "Toto nastavení právě platí.",
  "go-back": "Vrátit se k této verzi",
  "go-back.heading": "Návrat",
  "go-back.same": "Platné nastavení je stejné, takže není k čemu se vracet.",
  "go-back.about":
    "Uloží tyto volby jako novou verzi. Pozdější verze zůstanou v seznamu a událostem zůstane, jak se o nich rozhodlo.",
  "go-back.would": "Co by návrat změnil",
  "go-back.done": "Uloženo jako verze {version}",
  "go-back.superseded": "Neuloženo: někdo uložil novější verzi. Načtěte stránku znovu",
  "missing.heading": "Taková verze není",
  "missing.text": "Tento obchod nemá verzi {version}.",
  "no-answer.regions": "Zadržet v {regions}; jinde se řídit nastavením soukromí mého obchodu",
  "rule.withhold-channel": "Zadržet objednávky z prodejního kanálu {value}",
  "rule.withhold-tag": "Zadržet objednávky se štítkem {value}",
  "rule.send-channel": "Odeslat objednávky z prodejního kanálu {value}",
  "rule.send-tag": "Odeslat objednávky se štítkem {value}",
  form: "{form}: {event}",
  "funnel.stages": "Fáze leadu",
  "funnel.consent": "Souhlas leadů z rychlých formulářů",
  "funnel.consent.stated": "Jak je uvedeno u každého leadu",
  "funnel.consent.given": "Ptají se na něj formuláře",
  "funnel.metafield": "Metapole zákazníka u leadů",
  "stage.worth": "v hodnotě {amount}",
  "stage.predicted": "očekávaný přínos {amount}",
  "stage.primary": "hlavní konverze",
  "stage.skippable": "lze přeskočit",
  "stage.tag": "štítek zákazníka {tag}",
  "rehearsal.toast": "Zatím neuloženo: podívejte se, co by se změnilo",
  "rehearsal.question": "Uložit? Události posledních 7 dní by dopadly jinak",
  "rehearsal.keep-editing": "Pokračovat v úpravách",
  "rehearsal.nothing":
    "Nic: {count, plural, one {# objednávka} few {# objednávky} many {# objednávky} other {# objednávek}} za posledních {days} dní by se ohlásilo stejně.",
  "rehearsal.no-longer-sent":
    "{count, plural, one {# odesílaná událost by se už neodeslala} few {# odesílané události by se už neodeslaly} many {# odesílané události by se už neodeslalo} other {# odesílaných událostí by se už neodeslalo}}",
  "rehearsal.newly-sent":
    "{count, plural, one {# neodesílaná událost by se odeslala} few {# neodesílané události by se odeslaly} many {# neodesílané události by se odeslalo} other {# neodesílaných událostí by se odeslalo}}",
  "rehearsal.waits":
    "{count, plural, one {# událost by nejdřív čekala; co se s objednávkou stalo potom, zkouška neříká} few {# události by nejdřív čekaly; co se s objednávkami stalo potom, zkouška neříká} many {# události by nejdřív čekalo; co se s objednávkami stalo potom, zkouška neříká} other {# událostí by nejdřív čekalo; co se s objednávkami stalo potom, zkouška neříká}}",
  "rehearsal.value":
    "{count, plural, one {# událost by měla jinou hodnotu} few {# události by měly jinou hodnotu} many {# události by mělo jinou hodnotu} other {# událostí by mělo jinou hodnotu}}",
  "rehearsal.name":
    "{count, plural, one {# událost by měla jiný název} few {# události by měly jiný název} many {# události by mělo jiný název} other {# událostí by mělo jiný název}}",
  "rehearsal.items":
    "{count, plural, one {# událost by uváděla jiná ID položek} few {# události by uváděly jiná ID položek} many {# události by uvádělo jiná ID položek} other {# událostí by uvádělo jiná ID položek}}",
  "rehearsal.reason":
    "{count, plural, one {# událost by se neodeslala z jiného důvodu} few {# události by se neodeslaly z jiného důvodu} many {# události by se neodeslalo z jiného důvodu} other {# událostí by se neodeslalo z jiného důvodu}}",
  "rehearsal.values": "Odeslané nákupy: celkem {before}, potom {after}",
  "rehearsal.unsent": "Neodesláno: {before, number}, potom {after, number}. {reason}",
  "rehearsal.order": "Objednávka",
  "rehearsal.orders":
    "Podle toho, co je uchováno: {count, plural, one {# objednávka} few {# objednávky} many {# objednávky} other {# objednávek}} za posledních {days} dní. Nikoho jsme se neptali a nic se neodesílá.",
  "rehearsal.newest":
    "Podle toho, co je uchováno, jen nejnovější: {count, plural, one {# objednávka} few {# objednávky} many {# objednávky} other {# objednávek}} za posledních {days} dní; je jich víc. Nikoho jsme se neptali a nic se neodesílá.",
  "rehearsal.not-kept":
    "{count, plural, one {# objednávku z těchto dnů nešlo vyzkoušet} few {# objednávky z těchto dnů nešlo vyzkoušet} many {# objednávky z těchto dnů nešlo vyzkoušet} other {# objednávek z těchto dnů nešlo vyzkoušet}}: jsou z doby, než Tandem uchovával potřebné údaje, byly vymazány, nebo jsou velmi dlouhé.",
  "rehearsal.without.storefront": "Události z obchodu se předem nepočítají; řídí se tímto: {settings}.",
  "rehearsal.without.leads": "Leady, formuláře a fáze se předem nepočítají; řídí se tímto: {settings}.",
  "rehearsal.without.upsells":
    "Položky přidané po dokončení objednávky se předem nepočítají; řídí se tímto: {settings}.",
  "rehearsal.without.net-revenue": "Čistý výnos se předem nepočítá; řídí se tímto: {settings}.",
  "rehearsal.without.other":
    "Předem se nepočítá, protože žádná zaznamenaná objednávka neříká, co se změní: {settings}.",
  "rehearsal.failed": "Tuto změnu se nepodařilo předem spočítat. Přesto uložit?",
  "rehearsal.failed.text":
    "Objednávky posledních 7 dní se nepodařilo včas přečíst, a proto nikdo neví, co by se u nich změnilo. Zatím není nic uloženo a vaše volby zůstávají ve formuláři. Zkuste to za minutu znovu, nebo uložte bez náhledu.",
  "rehearsal.save-anyway": "Uložit bez náhledu",
  "rehearsal.saved-without": "Uloženo. Část změny nebyla předem spočítána",
  "go-back.not-rehearsed":
    "Co by se změnilo u posledních 7 dní, se nepodařilo včas zjistit. Pro nový pokus stránku obnovte; vrátit se můžete i tak.",
} as const satisfies Translated<"versions">;
