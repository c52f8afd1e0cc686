import type { Translated } from "../catalogue.ts";

export const home = {
  "account.title": "Vaše objednávky",
  "account.not-connected": "Do Meta se zatím nic neodesílá, protože není připojený žádný pixel.",
  "account.proven":
    "Každá objednávka za {days, plural, one {poslední den} few {poslední # dny} many {posledních # dne} other {posledních # dní}} je doložená: {parts}.",
  "account.proven.young": "Každá objednávka od instalace Tandemu je doložená: {parts}.",
  "account.proven.none":
    "Za {days, plural, one {poslední den} few {poslední # dny} many {posledních # dne} other {posledních # dní}} nebyla žádná objednávka.",
  "account.proven.none.young": "Od instalace Tandemu nebyla žádná objednávka.",
  "account.doubtful":
    "Z objednávek za {days, plural, one {poslední den} few {poslední # dny} many {posledních # dne} other {posledních # dní}}, které Tandem zná: {parts}.",
  "account.doubtful.none":
    "Tandem nezná žádnou objednávku za {days, plural, one {poslední den} few {poslední # dny} many {posledních # dne} other {posledních # dní}}.",
  "account.part.sent": "odesláno {count, number}",
  "account.part.notSent": "neodesláno {count, number}",
  "account.part.waiting": "podle vaší volby zatím nezapočítáno {count, number}",
  "account.part.onTheWay": "na cestě {count, number}",
  "account.part.needYou":
    "{count, plural, one {# vás potřebuje} few {# vás potřebují} many {# vás potřebuje} other {# vás potřebuje}}",
  "account.compared": "Porovnáno s objednávkami v Shopify do {at}.",
  "account.doubt.counting": "Události z doby před poslední aktualizací se ještě počítají, takže čísla porostou.",
  "account.doubt.not-compared": "S objednávkami v Shopify se ještě neporovnaly. Tandem to dělá jednou za hodinu.",
  "account.doubt.comparison-stopped":
    "Poslední porovnání s objednávkami v Shopify skončilo předčasně. Tandem do hodiny pokračuje dalším.",
  "account.doubt.comparison-late":
    "Poslední porovnání s objednávkami v Shopify je starší než tři hodiny. Pokud to tak zůstane, dejte vědět provozovateli aplikace.",
  "account.doubt.unreadable": "Některé zprávy ze Shopify nešlo přečíst, takže tu mohou objednávky chybět.",
  "needs.title": "Co vás potřebuje",
  "needs.none": "Nic vás nepotřebuje.",
  "need.pixel-blocked.title": "Meta nepřijímá události pro pixel {metaPixelId}",
  "need.pixel-blocked.no-reason": "Meta odmítla přístupový token.",
  "need.pixel-blocked.waiting":
    "{count, plural, one {# událost čeká a odešle se} few {# události čekají a odešlou se} many {# události čeká a odešle se} other {# událostí čeká a odešle se}}, jakmile se to napraví. První z nich přijme Meta do {until}.",
  "need.pixel-blocked.none-waiting": "Teď žádná událost nečeká. Nové se uchovají až 7 dní.",
  "need.pixel-blocked.action": "Nahradit token",
  "need.no-token.title": "Pixel {metaPixelId} nemá přístupový token",
  "need.no-token.text": "Server mu nic neodesílá. Při odinstalování aplikace se token smaže: zadejte nový.",
  "need.no-token.action": "Zadat token",
  "need.settings-unpublished.title": "Vaše nastavení se nedostalo do obchodu",
  "need.settings-unpublished.text": "Prohlížeče kupujících mají dál předchozí nastavení. Odpověď Shopify: {problem}",
  "need.settings-unpublished.action": "Uložit nastavení znovu",
  "need.orders-never-came.title":
    "Shopify nenahlásil Tandemu {count, plural, one {# objednávku} few {# objednávky} many {# objednávky} other {# objednávek}}",
  "need.orders-never-came.added":
    "Tandem je našel porovnáním s objednávkami v Shopify a nic se neztratilo. Pokud se to děje denně, dejte vědět provozovateli aplikace.",
  "need.orders-never-came.lost":
    "Tandem je našel porovnáním s objednávkami v Shopify. {count, plural, one {# z nich se neodeslala} few {# z nich se neodeslaly} many {# z nich se neodeslalo} other {# z nich se neodeslalo}}, protože Meta přijímá události jen 7 dní nebo objednávku nešlo přečíst.",
  "need.orders-never-came.action": "Zobrazit objednávky",
  "need.unreadable.title":
    "{count, plural, one {# zprávu} few {# zprávy} many {# zprávy} other {# zpráv}} ze Shopify nešlo přečíst",
  "need.unreadable.text":
    "Nic se neztratilo: zprávy jsou uložené zašifrovaně. Sdělte toto číslo a dnešní datum provozovateli aplikace.",
  "need.unreadable.action": "Zobrazit události",
  "need.pixel-paused.title": "Pixel {metaPixelId} je pozastavený",
  "need.pixel-paused.text": "Události se mu neodesílají a neodešlou se ani později.",
  "need.pixel-paused.action": "Obnovit pixel",
  "need.other-sender.title": "Události do pixelu {metaPixelId} odesílá i něco jiného",
  "need.other-sender.text":
    "{who} Meta jeho události od těch z Tandemu nerozezná, a proto se návštěvy a prodeje počítají dvakrát.",
  "need.other-sender.action.apps": "Otevřít aplikace",
  "need.other-sender.action.themes": "Otevřít šablony",
  "need.other-sender.action.tag-manager": "Otevřít Google Tag Manager",
  "need.other-sender.action.events-manager": "Otevřít Events Manager",
  "need.test-code.title": "Pixel {metaPixelId} má stále testovací kód {code}",
  "need.test-code.text": "Testovací objednávky do něj jdou pod tímto kódem. Až testování skončí, kód odstraňte.",
  "need.test-code.action": "Odstranit kód",
  "need.token-unconfirmed.title": "Meta nepotvrdila token pixelu {metaPixelId}",
  "need.token-unconfirmed.text":
    "Tandem ho do hodiny ověří a potvrdí ho i první událost, kterou Meta přijme. Zadejte ho znovu, aby se ověřil hned.",
  "need.token-unconfirmed.action": "Ověřit token",
  "need.data-requests.title":
    "{count, plural, one {# zákazník požádal} few {# zákazníci požádali} many {# zákazníka požádalo} other {# zákazníků požádalo}} o své údaje",
  "need.data-requests.text":
    "Co o nich Tandem má, je 30 dní připravené ke stažení. Většina zákonů o ochraně údajů vám na odpověď dává měsíc.",
  "need.data-requests.action": "Přejít na žádosti o údaje",
  "need.embed-off.title": "Vložení aplikace v šabloně je vypnuté",
  "need.embed-off.needed":
    "Zvolili jste, že události obchodu hlásí šablona, takže se žádné neměří, dokud není vložení zapnuté.",
  "need.embed-off.better":
    "Uchovává u košíku ID kliknutí a prohlížeče od Mety a souhlas návštěvníka, takže se spáruje víc objednávek.",
  "need.embed-off.action": "Otevřít editor šablony",
  "need.unknown-answers.title":
    "Tandem nerozpoznal {count, plural, one {# odpověď} few {# odpovědi} many {# odpovědi} other {# odpovědí}} Mety za posledních sedm dní",
  "need.unknown-answers.text":
    "Dotčené události Tandem ještě několikrát odešle, všechny ostatní jako obvykle. Otevřete dotčenou událost a sdělte kód odpovědi provozovateli aplikace.",
  "need.unknown-answers.action": "Zobrazit události",
  "period.today": "Dnes",
  "period.7d": "7 dní",
  "period.30d": "30 dní",
  "period.90d": "90 dní",
  "figures.title": "Co se stalo",
  "figures.periods": "Období",
  "figures.eligible": "K odeslání",
  "figures.delivered": "Přijato Metou",
  "figures.excluded": "Vynecháno s důvodem",
  "figures.matched": "Viděl prohlížeč i server",
  "figures.agreeing": "Obě strany hlásí totéž",
  "figures.delay": "Polovina dorazí do",
  "figures.open":
    "{figure}: {count, plural, one {# událost} few {# události} many {# události} other {# událostí}}. Zobrazit.",
  "figures.before.today": "včera: {value}",
  "figures.before.7d": "předchozích 7 dní: {value}",
  "figures.before.30d": "předchozích 30 dní: {value}",
  "figures.before.90d": "předchozích 90 dní: {value}",
  "figures.meaning": "Ukončené události podle dnů obchodu. Co je ještě na cestě, mezi nimi není.",
  "delay.seconds": "{count, number} s",
  "delay.minutes": "{count, number} min",
  "delay.hours": "{count, number} h",
  "guide.title": "Průvodce nastavením",
  "guide.complete": "Všechno je nastavené a Tandem viděl, že to funguje.",
  "guide.progress": "Hotové kroky: {done, number} z {count, number}. Krok zezelená sám, až Tandem uvidí, že funguje.",
  "guide.progress.label": "Hotové kroky",
  "guide.done": "Hotovo",
  "guide.open": "Zbývá",
  "guide.since": "Poprvé {at}.",
  "guide.to.settings": "Připojit pixel",
  "guide.to.events-manager": "Otevřít Events Manager",
  "guide.to.customer-events": "Otevřít Zákaznické události",
  "guide.to.theme-editor": "Otevřít editor šablony",
  "guide.to.storefront": "Otevřít obchod",
  "guide.to.events": "Zobrazit události",
  "guide.to.draft-order": "Vytvořit koncept objednávky",
  "step.pixel.title": "Připojte svůj pixel Meta",
  "step.pixel.done": "Pixel Meta je připojený.",
  "step.pixel.open":
    "Zadejte ID pixelu Meta a přístupový token Conversions API. Obojí je v Events Manageru Mety pod Zdroje dat, váš pixel, Nastavení.",
  "step.token.title": "Meta přijímá přístupový token",
  "step.token.done": "Meta token přijala.",
  "step.token.refused":
    "Meta token odmítá: možná vypršel nebo patří k jinému pixelu. Vygenerujte v Events Manageru nový a starý v nastavení nahraďte. Události se do té doby uchovají a odešlou se, jakmile Meta nový token přijme.",
  "step.token.unconfirmed":
    "Token je uložený a Meta ho ještě nepotvrdila. Krok pak zezelená: Tandem token do hodiny ověří a potvrdí ho i první událost, kterou Meta přijme.",
  "step.token.open":
    "Vygenerujte token v Events Manageru pod Nastavení, Conversions API. Tandem ho u Mety ověří, když pixel připojíte.",
  "step.web-pixel.title": "Webový pixel Tandemu je zapnutý",
  "step.web-pixel.done": "Shopify spouští webový pixel Tandemu v obchodě i v pokladně.",
  "step.web-pixel.open":
    "Tandem svůj webový pixel zapíná sám. Tato stránka to ukáže, jakmile to Shopify potvrdí. V Shopify je pak Tandem v Zákaznických událostech uvedený jako připojený.",
  "step.web-pixel.refused":
    "Shopify nastavení webového pixelu nepřijal: viz zpráva výše. Uložte nastavení a zkuste to znovu.",
  "step.embed.title": "Zapněte vložení aplikace v šabloně",
  "step.embed.done": "Vložení aplikace Tandem je ve vaší zveřejněné šabloně zapnuté.",
  "step.embed.open":
    "Uchovává u košíku ID kliknutí a prohlížeče od Mety a souhlas návštěvníka, takže se spáruje víc objednávek. Otevřete editor šablony, zapněte Tandem pod Vložení aplikací a uložte.",
  "step.embed.needed":
    "Zvolili jste, že události obchodu hlásí šablona, takže se žádné neměří, dokud není vložení zapnuté. Otevřete editor šablony, zapněte Tandem pod Vložení aplikací a uložte.",
  "step.browser-event.title": "První událost z prohlížeče",
  "step.browser-event.done": "Prohlížeč kupujícího nahlásil událost.",
  "step.browser-event.open":
    "Otevřete svůj obchod v anonymním okně, povolte marketingové cookies, pokud se obchod ptá, a prohlédněte si produkt.",
  "step.server-event.title": "První událost ze serveru",
  "step.server-event.done": "Meta přijala událost ze serveru Tandemu.",
  "step.server-event.open":
    "Krok zezelená, až Meta přijme první událost ze serveru Tandemu. Pokud zůstane otevřený, podívejte se na důvody v Událostech.",
  "step.pair.title": "První pár: jedna událost, obě strany",
  "step.pair.done": "Prohlížeč i server nahlásily tutéž událost s jedním ID, takže ji Meta může započítat jednou.",
  "step.pair.open":
    "Krok zezelená s první událostí, kterou prohlížeč i server nahlásí s jedním ID. Vytvoříte ji tím, že si v anonymním okně prohlédnete produkt.",
  "step.purchase.title": "První Purchase dorazil do Mety",
  "step.purchase.done": "Meta obdržela Purchase.",
  "step.purchase.open":
    "Vytvořte koncept objednávky pro sebe a označte ho jako zaplacený, nebo zadejte testovací objednávku, dokud má pixel testovací kód. Krok zezelená, až Meta Purchase obdrží.",
  "orders-compared.title": "Porovnáno s objednávkami v Shopify",
  "orders-compared.none":
    "Naposledy {at}: {count, plural, one {# změněná objednávka} few {# změněné objednávky} many {# změněné objednávky} other {# změněných objednávek}}, žádná nechyběla.",
  "orders-compared.missing":
    "Naposledy {at}: {count, plural, one {# změněná objednávka} few {# změněné objednávky} many {# změněné objednávky} other {# změněných objednávek}}, chybělo {missing, number}.",
  "orders-compared.found":
    "{count, plural, one {# objednávka} few {# objednávky} many {# objednávky} other {# objednávek}}: {because} {outcome}",
  "orders-compared.stopped": "Porovnání skončilo předčasně a příště pokračuje: {problem}",
  "missing.webhook-never-came": "Shopify ji Tandemu vůbec neodeslal.",
  "missing.payment-webhook-never-came": "Shopify Tandemu nenahlásil platbu.",
  "missing.trigger-webhook-never-came": "Shopify Tandemu nenahlásil doručení, vyřízení nebo štítek.",
  "missing.quarantined": "Tandem ji nejdřív nedokázal přečíst.",
  "found.added": "Doplněno a na cestě do Mety.",
  "found.advanced": "Doplněno a na cestě do Mety.",
  "found.already-there": "Mezitím dorazila.",
  "found.too-old": "Neodesláno: Meta přijímá události jen 7 dní.",
  "found.unreadable": "Neodesláno: Tandem nedokáže přečíst data ze Shopify.",
  "found.gone": "Neodesláno: v obchodě smazaná.",
  "refused-posts.title": "Nepřijatá hlášení",
  "refused-posts.text":
    "Hlášení na adresu vašeho obchodu v Tandemu může poslat kdokoli, takže několik za sedm dní je normální. Mnoho jich znamená, že prohlížeče používají starou verzi Tandemu nebo že mu překáží jiná aplikace či skript.",
  "refused-posts.line": "{posts, number}: {because}",
  "refused.too-long": "příliš dlouhá",
  "refused.not-json": "ne ve formátu hlášení",
  "refused.wrong-field": "s chybějícím nebo neplatným polem",
  "refused.no-id": "bez ID události",
  "refused.unknown-address": "na adresu, která nepatří žádnému obchodu",
  "refused.foreign-page": "o stránce, která není vašeho obchodu, například o jeho kopii na jiné doméně",
  "refused.erased": "o objednávce, jejíhož zákazníka jste nechali vymazat, takže se z ní nic neuložilo",
  "refused.too-many": "odeslaná rychleji, než smí hlásit jeden návštěvník nebo celý váš obchod",
  "refused.too-much": "uložila by víc, než smí najednou uložit jeden návštěvník nebo celý váš obchod",
  "refused.guessing": "o více různých objednávkách, než může zadat jeden návštěvník",
  "no-ratings":
    "Tandem ukazuje, zda události dorazily, spárovaly se a shodují se. Vaše reklamy nehodnotí: žádné z těchto čísel neříká, jak fungují.",
} as const satisfies Translated<"home">;
