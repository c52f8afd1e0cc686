import type { Translated } from "../catalogue.ts";

export const otherSenders = {
  "facebook-channel":
    "Odesílá do něj aplikace Facebook & Instagram od Shopify. Odpojte pixel tam, ve sdílení dat, nebo tady.",
  "theme-code": "Ve vašem motivu je vložený kód pixelu Meta. Odstraňte ho z kódu motivu.",
  "tag-manager":
    "Na vašich stránkách je Google Tag Manager a velmi pravděpodobně do pixelu odesílá. Odstraňte tam značku Mety.",
  "another-script":
    "Odesílá do něj jiná aplikace nebo skript na vašich stránkách. Hledejte druhou aplikaci s pixelem Meta.",
  "conversions-api-gateway":
    "Conversions API Gateway od Mety kopíruje každou událost z prohlížeče na server. Pro tento pixel ji vypněte ve Správci událostí.",
} as const satisfies Translated<"otherSenders">;
