import type { Translated } from "../catalogue.ts";

export const advice = {
  reconnect:
    "Vytvořte nový ve Správci událostí (Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token) a uložte ho v nastavení. Do té doby zůstávají události uložené, nejdéle 7 dnů od chvíle, kdy nastaly.",
  "log-in":
    "Jakmile se na facebook.com přihlásí a vyřídí, co se tam žádá, Meta token znovu přijme: Tandem se ptá každou hodinu, tlačítko Zkontrolovat v nastavení hned. Pokud ho Meta odmítá i pak:",
  throttled: "Meta omezuje počet požadavků. Až omezení skončí, Tandem bude sám pokračovat.",
  abuse: "Meta toto omezení označuje jako ochranu před zneužitím.",
  recovering: "Meta má dočasný problém. Tandem to sám zkusí znovu.",
  between:
    "Místo Mety odpověděl proxy server nebo firewall mezi Tandemem a Metou. Provozovatel této aplikace musí povolit požadavky do Mety (META_GRAPH_URL). Tandem to sám zkouší znovu, dokud Meta událost přijímá.",
  messaging: "Meta událost považovala za součást konverzace a nedokázala ji přiřadit ke stránce ani k účtu.",
  "our-request": "Meta nedokázala požadavek přečíst. Je to chyba aplikace, ne vašeho nastavení.",
  policies:
    "Meta tento účet na čas zablokovala kvůli svým zásadám. Podívejte se na kvalitu účtu v Meta Business Suite.",
  "token-invalid": "Přístupový token už neplatí.",
  "token-unreadable": "Meta nedokázala přístupový token přečíst.",
  "token-app-removed": "Aplikace, která přístupový token vytvořila, byla odstraněna.",
  "token-checkpoint": "Kdo přístupový token vytvořil, se musí nejdřív přihlásit na Facebook a projít ověřením.",
  "token-password": "Přístupový token přestal platit, protože se změnilo heslo.",
  "token-expired": "Platnost přístupového tokenu vypršela.",
  "token-unconfirmed": "Kdo přístupový token vytvořil, nepotvrdil svůj účet.",
  "token-withdrawn": "Přístupový token byl odvolán.",
  "no-such-pixel":
    "Pixel s tímto ID neexistuje, nebo k němu přístupový token nepatří. Porovnejte ID s tím ve Správci událostí.",
  "token-no-events": "Přístupový token nesmí odesílat události.",
  "token-no-ads": "Přístupovému tokenu chybí oprávnění spravovat reklamy.",
  "token-no-permission": "Přístupovému tokenu chybí oprávnění.",
  "old-version":
    "Meta už nenabízí verzi Graph API, kterou aplikace používá. Provozovatel této aplikace musí nastavit novější META_GRAPH_VERSION.",
  "wrong-address":
    "Meta nezná adresu, na kterou aplikace odesílá. Provozovatel této aplikace musí zkontrolovat META_GRAPH_URL a META_GRAPH_VERSION.",
  "too-old": "Událost je starší, než Meta přijímá (7 dnů, u prodeje v kamenné prodejně 62).",
  "in-the-future": "Podle Mety je událost v budoucnosti. Provozovatel této aplikace musí zkontrolovat hodiny serveru.",
  "no-content-id": "Položka události nemá ID v katalogu.",
  "no-value": "Nákup nemá hodnotu.",
  "no-currency": "Událost má hodnotu bez měny.",
  "unknown-lead": "Meta nezná zájemce, kterého událost uvádí.",
  "app-data": "Meta nedokázala přečíst aplikační data události.",
  "few-details": "Událost má příliš málo údajů o zákazníkovi na to, aby ji Meta mohla použít.",
  "bad-content": "Meta hlásí chybu v obsahu události.",
  "too-large": "Událost je větší, než Meta přijímá.",
  "no-answer": "Meta nebyla dostupná. Tandem to sám zkusí znovu.",
  "short-count":
    "Meta potvrdila méně událostí, než Tandem odeslal. Tandem je ještě několikrát odešle znovu se stejnými ID událostí.",
  unrecognized: "Meta odpověděla způsobem, který Tandem zatím nezná. Tandem to ještě několikrát zkusí.",
  "check-valid": "Meta tento pixel zná a přístupový token do něj smí odesílat události.",
  "check-token":
    "Meta tento přístupový token nepřijímá. Vytvořte nový ve Správci událostí: Zdroje dat, váš pixel, Nastavení, Conversions API, Vygenerovat přístupový token. Zkopírujte ho celý.",
  "check-pixel":
    "Přístupový token nepatří k pixelu s tímto ID. ID pixelu Meta najdete ve Správci událostí v části Zdroje dat pod názvem pixelu; token vytvořte na stránce Nastavení téhož pixelu.",
  "check-unreachable": "Meta nebyla dostupná, a proto pixel a přístupový token zatím nejsou ověřené.",
  "check-unclear":
    "Odpověď Mety pixel a přístupový token nepotvrzuje. Sledujte první události ve Správci událostí v části Testování událostí.",
  expired: "Starší, než Meta přijímá (7 dnů; u prodeje v kamenné prodejně 62).",
  names: "Meta uvádí: {parameters}.",
  quoted: "„{said}“",
} as const satisfies Translated<"advice">;
