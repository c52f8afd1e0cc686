import { HELP_QUESTIONS, type HelpQuestion, helpUrl } from "../../components/help-url.ts";
import { useWords } from "../../components/words-context.ts";
import { PLACE_URLS, PLACES_OF_QUESTION } from "./help-places.ts";

/** What merchants ask, each with a plain answer and the pages on which the shop's own answer stands. */
export function HelpPage() {
  const words = useWords();
  return (
    <s-page heading={words.text("frame.page.help")} inlineSize="small">
      <s-section heading={words.text("help.contents")}>
        <s-paragraph>{words.text("help.introduction")}</s-paragraph>
        <s-unordered-list>
          {HELP_QUESTIONS.map((question) => (
            <s-list-item key={question}>
              <s-link href={helpUrl(question)}>{words.text(`help.${question}.title`)}</s-link>
            </s-list-item>
          ))}
        </s-unordered-list>
      </s-section>
      {HELP_QUESTIONS.map((question) => (
        <Answer key={question} question={question} />
      ))}
    </s-page>
  );
}

function Answer({ question }: { readonly question: HelpQuestion }) {
  const words = useWords();
  return (
    <s-section id={question} heading={words.text(`help.${question}.title`)}>
      <s-paragraph>{words.text(`help.${question}.why`)}</s-paragraph>
      <s-paragraph>{words.text(`help.${question}.do`)}</s-paragraph>
      <s-paragraph>{words.text("help.in-your-shop")}</s-paragraph>
      <s-unordered-list>
        {PLACES_OF_QUESTION[question].map((place) => (
          <s-list-item key={place}>
            <s-link href={PLACE_URLS[place]}>{words.text(`help.to.${place}`)}</s-link>
          </s-list-item>
        ))}
      </s-unordered-list>
    </s-section>
  );
}
