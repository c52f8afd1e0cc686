import type { Translated } from "../catalogue.ts";

export const pixels = {
  about:
    "Kam se události odesílají. Připojený pixel dostává každou událost z prohlížeče i ze serveru, pokud ho neomezíte.",
  connected: "Připojené pixely",
  none: "Žádné.",
  pixel: "Pixel {pixel}",
  connect: "Připojení pixelu",
  "connect-pixel": "Připojit pixel",
  "replace-of": "Výměna tokenu pixelu {pixel}",
  "replace-token": "Vyměnit token",
  "replace-token-of": "Vyměnit token pixelu {pixel}",
  id: "ID pixelu",
  "id.help":
    "Číslo ve Správci událostí v části Zdroje dat, váš pixel, Nastavení (ID datové sady), nebo adresa tamní stránky pixelu.",
  "id.in-address": "Tato adresa obsahuje pixel {pixel}.",
  token: "Přístupový token",
  "token.help":
    "Ze Správce událostí: váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token. Ukládá se šifrovaně a už se nikdy nezobrazí.",
  "token.stored-help":
    "Token je uložený. Už se nikdy nezobrazí: nechte pole prázdné, chcete-li ho zachovat, nebo vložte nový, který ho nahradí.",
  "token-stored": "Token je uložený.",
  "no-token": "Žádný token není uložený, takže server tomuto pixelu nic neodesílá.",
  "test-code": "Kód testovací události (nepovinné)",
  "test-code.help":
    "Ze Správce událostí, Testovací události. Dokud je nastavený, Meta tam zobrazuje události serveru. Až testování dokončíte, odeberte ho.",
  "test-code-set": "Je nastavený kód testovací události {code}.",
  "check-pixel": "Zkontrolovat",
  "check-pixel.of": "Zkontrolovat přístupový token pixelu {pixel}",
  checking: "Ověřuje se",
  "checking.meaning": "Tandem se na přístupový token ptá Mety. Odpověď se zobrazí zde.",
  unchecked: "Dosud nezkontrolováno",
  "unchecked.meaning": "Meta přístupový token dosud nepotvrdila. Tandem se ptá jednou denně a s první událostí.",
  "without-token": "Bez přístupového tokenu",
  "pause-pixel": "Pozastavit",
  "pause-pixel.of": "Pozastavit pixel {pixel}",
  "pause.heading": "Pozastavit pixel {pixel}?",
  "pause.ask":
    "Dokud je pozastavený, neodesílají do něj prohlížeče zákazníků ani server. Události z té doby jsou uvedené jako neodeslané a neodešlou se ani později.",
  "pause.confirm": "Ano, pozastavit",
  "resume-pixel": "Obnovit",
  "resume-pixel.of": "Obnovit pixel {pixel}",
  disconnect: "Odpojit",
  "disconnect-of": "Odpojit pixel {pixel}",
  "disconnect.heading": "Odpojit pixel {pixel}?",
  "disconnect.ask":
    "Tandem smaže jeho přístupový token. Prohlížeče ani server do něj už nic neodešlou a události, které na něj čekají, se neodešlou.",
  "disconnect-pixel": "Ano, odpojit {pixel}",
  limits: "Omezení",
  "limits.of": "Omezení pixelu {pixel}",
  "limits.help": "Prohlížeč i server používají stejná omezení, takže pixel dostane obě strany události, nebo žádnou.",
  "limits.countries": "Země",
  "limits.every-country": "Všechny země",
  "limits.countries.help":
    "Vždy dvě písmena, například DE, AT, CH. Není-li země návštěvníka známá, omezený pixel nedostane nic.",
  "limits.channels": "Prodejní kanály",
  "limits.events": "Události",
  "limits.save": "Uložit omezení",
  "limits.sentence": "Omezeno na {limits}.",
  "limits.countries-are": "země: {names}",
  "limits.channels-are": "prodejní kanály: {names}",
  "limits.not": "ne: {names}",
} as const satisfies Translated<"pixels">;
