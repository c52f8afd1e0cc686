import type { Translated } from "../catalogue.ts";

export const help = {
  contents: "Otázky",
  introduction:
    "Deset otázek, které obchodníci kladou o Metě a Shopify. Pod každou odpovědí jsou stránky, které ukazují, jak je to ve vašem obchodě.",
  "in-your-shop": "Ve vašem obchodě:",
  "numbers.title": "Facebook hlásí 40 prodejů, Shopify 55. Proč?",
  "numbers.why":
    "Každý počítá něco jiného. Shopify počítá všechny objednávky. Přehledy reklam Mety počítají jen nákupy, které Meta připíše některé z vašich reklam, v nastaveném počtu dní po kliknutí nebo zobrazení, většinou ke dni reklamy, a ne objednávky, a část z nich jsou odhady. Čísla se proto liší, i když Meta dostane každou objednávku.",
  "numbers.do":
    "Dívejte se na to, co lze doložit: zda Meta dostala každou objednávku. Stránka Domů říká, kolik objednávek bylo, kolik jich Meta přijala a proč byly ostatní vynechány. Je-li každá objednávka doložená, žádná se cestou do Mety neztratila.",
  "not-sent.title": "Proč se tato objednávka neodeslala?",
  "not-sent.why":
    "Nejčastěji zákazník cookie lištu odmítl nebo přehlédl, objednávka ještě není zaplacená, je to test, nebo ji zadržuje některé z vašich pravidel. Každá neodeslaná objednávka má v Událostech svůj důvod.",
  "not-sent.do":
    "Vyhledejte v Událostech číslo objednávky, třeba #1001. Stránka objednávky říká, co se s ní stalo a proč, co odpověděla Meta a co by se odeslalo teď.",
  "match-quality.title": "Co je kvalita párování událostí a jak ji zlepším?",
  "match-quality.why":
    "Je to známka Mety, nejvýše 10, za to, jak dobře dokáže události vašeho webu spárovat s lidmi; Meta doporučuje alespoň 6. Záleží na tom, co událost nese: e-mail, telefon, ID kliknutí (fbc), ID prohlížeče (fbp), IP adresu a user agent. Zákazníci, kteří blokují cookies nebo toho vyplní málo, ji snižují, a není to chyba nastavení.",
  "match-quality.do":
    "Stránka Domů ukazuje pod „Klíče zákazníka“, kolik událostí který údaj nese. Zapněte vložení aplikace v šabloně, které uchová ID kliknutí a prohlížeče s košíkem, a nechte pokladnu ptát se na e-mail a telefon. Samotná známka je ve Správci událostí Mety.",
  "twice.title": "Nezapočítá se nákup dvakrát?",
  "twice.why":
    "Prohlížeč i server odesílají stejnou událost se stejným ID události a Meta takovou dvojici započítá jednou, pokud část ze serveru dorazí do 48 hodin po části z prohlížeče. Později ji Tandem neodešle. Přehled ve Správci událostí ukazuje obě části, protože počítá dřív, než je Meta spojí. Dvakrát se počítá to, co odesílá někdo další, třeba druhá aplikace, aplikace Facebook & Instagram od Shopify, kód v šabloně nebo správce značek: jejich události mají jiná ID.",
  "twice.do":
    "Pokud stránka Domů varuje, že odesílá i něco jiného, vypněte to tam, kam ukazuje. Události u každého nákupu ukazují, zda se prohlížeč a server spárovaly.",
  "test-code.title": "Co je testovací kód událostí a kdy ho potřebuji?",
  "test-code.why":
    "Je to kód z testování událostí ve Správci událostí Mety. Co se pod ním odešle, se tam hned objeví, takže uvidíte dorazit Purchase dřív, než nakoupí první zákazník. Dokud má pixel kód, odesílají se do něj testovací objednávky, a to jen pod tímto kódem; bez kódu se neodesílají. Skutečné objednávky ho nikdy nenesou.",
  "test-code.do":
    "Zadejte kód u svého pixelu, odešlete testovací Purchase nebo vytvořte testovací objednávku, a až skončíte, kód na stránce Test odstraňte: Meta počítá i to, co dostane pod kódem.",
  "consent.title": "Co mění cookie lišta?",
  "consent.why":
    "Tandem se řídí odpovědí zákazníka na obou stranách. Když odmítne, neodešle o něm nic prohlížeč ani server. Když neodpoví, neodešle se nic tam, kde jeho region vyžaduje souhlas; jinde se odesílá, pokud jste nezvolili jinak. Pozdější souhlas neodešle to, co bylo před ním. Prodej u pokladny nebo obnovení předplatného lištu nemá, takže rozhoduje region a vaše volba.",
  "consent.do":
    "Stránka každé události ukazuje odpověď a pravidlo, které rozhodlo. Kde se lišta zobrazuje, se nastavuje v administraci Shopify, v Nastavení, Ochrana soukromí zákazníků. Co se stane bez odpovědi, se nastavuje tady, v části Souhlas.",
  "token.title": "Vypršela platnost přístupového tokenu. Co bude s mými událostmi?",
  "token.why":
    "Prohlížeč odesílá dál. Události ze serveru zůstávají uložené a odešlou se, jakmile Meta přijme nový token. Čekat nemohou bez konce: Meta přijímá události 7 dní a nákup, který odeslal prohlížeč, už server po 48 hodinách neodešle, protože by ho Meta započítala dvakrát. Token skončí i tehdy, když si ten, kdo ho vytvořil, změní heslo nebo ztratí přístup k pixelu.",
  "token.do":
    "Vytvořte ve Správci událostí v Nastavení, Conversions API nový token a nahraďte jím starý u svého pixelu. Stránka Domů říká, kolik událostí čeká a do kdy.",
  "blockers.title": "Co mění iPhony a blokátory reklam?",
  "blockers.why":
    "Blokátory zastaví pixel Mety v prohlížeči a Safari brzy maže cookies. Server na tom nezávisí: odešle každou objednávku, kterou Shopify oznámí, pokud to souhlas dovolí, a taková objednávka je v seznamu jako „Jen server“. Nese toho o zákazníkovi méně, takže jich Meta méně spáruje. Zobrazení stránek a košíky zákazníka, který blokuje vše, se nedostanou na žádnou stranu. Dotaz iPhonu, zda smí aplikace sledovat, se týká aplikací; mění to, co Meta připíše reklamám, a ne to, co Tandem odesílá.",
  "blockers.do":
    "Podívejte se na stránce Domů na podíl, který nahlásil prohlížeč i server. Stálý rozdíl je běžný, náhlý pokles ne: pak zkontrolujte šablonu a cookie lištu. Vložení aplikace v šabloně uchovává ID kliknutí a prohlížeče pro server.",
  "events-manager.title": "Jak to zkontroluji ve Správci událostí Mety?",
  "events-manager.why":
    "Vyberte ve zdrojích dat svůj pixel. Přehled uvádí každou událost s částmi z prohlížeče a ze serveru, asi 20 minut po odeslání. Otevřete tam Purchase a uvidíte kvalitu párování a kolik dvojic Meta spojila. Jednotlivé události jsou vidět jen v testování událostí, pod testovacím kódem.",
  "events-manager.do":
    "Chcete-li zkontrolovat jeden prodej, vyhledejte v Událostech jeho objednávku: její stránka ukazuje odpověď Mety s trace ID, podle kterého událost najde podpora Mety. Chcete-li nějakou vidět dorazit, použijte stránku Test.",
  "ads.title": "Co tato čísla neříkají o mých reklamách?",
  "ads.why":
    "Tandem ukazuje, zda se vaše události dostanou do Mety, úplné a jednou. Neříká, jak dobré vaše reklamy jsou, která přivedla prodej, ani zda se některá vyplatí. Více událostí v Metě není více prodejů a prodej, který Meta připíše reklamě, mohl přijít i bez ní.",
  "ads.do":
    "Tato čísla vám řeknou, že Meta dostává to, co se stalo. Reklamy posuzujte vlastním pokusem, třeba když je v jednom regionu na pár týdnů vynecháte, a podle objednávek v Shopify.",
  "to.home": "Domů: vaše objednávky, co potřebuje vás, a čísla",
  "to.search": "Události: vyhledat objednávku",
  "to.not-sent": "Události, které se neodeslaly, s důvody",
  "to.declined": "Události, jejichž zákazník odmítl",
  "to.unanswered": "Události, kterým chybí potřebný souhlas",
  "to.expired": "Propadlé události",
  "to.matched": "Nákupy, které nahlásil prohlížeč i server",
  "to.server-only": "Nákupy jen ze serveru",
  "to.accepted": "Nákupy, které Meta přijala",
  "to.test": "Test: odeslat testovací Purchase nebo odstranit kód",
  "to.pixels": "Nastavení: pixely, tokeny a testovací kódy",
  "to.purchase": "Nastavení: kdy se objednávka počítá, a vaše pravidla",
  "to.consent": "Nastavení: objednávky bez odpovědi",
} as const satisfies Translated<"help">;
