import type { Translated } from "../catalogue.ts";

export const leads = {
  "outcome.accepted": "Lead dosáhl fáze a jeho událost míří do Mety.",
  "outcome.duplicate": "Lead této fáze dosáhl už dříve. Meta dostává každou fázi jednou, proto se nic neodeslalo.",
  "outcome.key-reused":
    "Tento klíč idempotence patří jinému hlášení, proto se nic nestalo. Pro každé hlášení použijte nový klíč.",
  "outcome.invalid":
    "Hlášení nemá očekávaný tvar, proto se nic nestalo. Opravte, co je uvedeno, a pošlete je s novým klíčem.",
  "outcome.reopened": "Lead byl vyřazen a je znovu otevřený. O tom se nic neodesílá.",
  "outcome.disqualified-again": "Lead je znovu vyřazen. Meta to dostala napoprvé, proto se nic neodeslalo.",
  "outcome.unknown-stage":
    "Žádná fáze vašeho trychtýře nemá tento klíč ani název. Použijte některou z nich, nebo fázi do trychtýře přidejte.",
  "outcome.unknown-lead":
    "Pod tímto údajem není znám žádný lead; smazaný už znám není. Zkontrolujte referenci, nebo hlaste podle ID události formuláře.",
  "outcome.ambiguous": "Tento údaj má více leadů. Hlaste podle ID události formuláře, nebo podle vlastní reference.",
  "outcome.declined-consent": "Osoba marketing odmítla, proto se tento lead neodesílá v žádné fázi. Není co dělat.",
  "outcome.consent-unknown":
    "Nikdo neuvedl, zda tento lead z okamžitého formuláře souhlasil. Pošlete souhlas s hlášením, nebo v trychtýři potvrďte, že se na něj vaše okamžité formuláře ptají.",
  "outcome.in-future":
    "Jeho čas je v budoucnosti a Meta takové události odmítá. Zkontrolujte časové pásmo svého systému.",
  "outcome.too-old": "Stalo se to před více než sedmi dny a starší události Meta nepřijímá. Hlaste fáze do sedmi dnů.",
  "outcome.before-lead": "Jeho čas je před časem leadu. Zkontrolujte časové pásmo svého systému a který lead je míněn.",
  "outcome.after-disqualified": "Lead je vyřazen. Pokud je znovu otevřený, ohlaste nejprve fázi „reopen“.",
  "outcome.out-of-order":
    "Dřívější fáze chybí nebo je novější, nebo už byla dosažena pozdější. Hlaste fáze v pořadí svého trychtýře, nebo povolte chybějící fázi přeskočit.",
  "warning.no-primary": "Žádná fáze není vaší hlavní konverzí. Vyberte tu, které mají vaše kampaně najít více.",
  "warning.primary-is-the-lead":
    "Fáze {stage} dosáhne každý formulář, dobrý i špatný. Vyberte pozdější fázi, aby Meta hledala leady, které mají cenu.",
  "warning.primary-without-value":
    "Fáze {stage} nemá hodnotu, proto Meta nemůže upřednostnit cennější leady. Zadejte, jakou má pro vás jeden v průměru cenu.",
  "warning.newsletter-counts-as-lead":
    "Přihlášení k newsletteru se počítá jako {stage} a je to akce bez obchodní hodnoty: Meta by hledala lidi, kteří se přihlašují, ne zákazníky, kteří nakupují. Newsletter nehlaste vůbec nebo jako jinou událost, nebo vyberte pozdější fázi.",
} as const satisfies Translated<"leads">;
