/** Attributes that are shown or spoken. */
const READ =
  /^(?:accessibilityLabel|alt|aria-(?:description|label|roledescription|valuetext)|caption|description|details|error|heading|helpText|label|placeholder|prefix|subheading|subtitle|suffix|text|title)$/;
/** Attributes whose values have words with spaces and are no text. */
const STYLE = /^(?:allow|className|d|points|rel|sandbox|style|transform|viewBox)$/;

const WORD = /\p{L}{2,}/u;
/** Two words with a space between them: a part of a sentence, and no code, class or address. */
const SENTENCE = /\p{L}{2,}[,.:;!?’]? \p{L}+/u;

/** The text of a literal or a template, as an attribute's value or by itself. */
function textOf(node) {
  if (node?.type === "JSXExpressionContainer") return textOf(node.expression);
  if (node?.type === "TemplateLiteral") return node.quasis.map(({ value }) => value.raw).join("…");
  return node?.type === "Literal" && typeof node.value === "string" ? node.value : "";
}

/** Whether a reader never sees it: a style, an error for the log, a type, a module's name. */
function isUnread({ parent }) {
  if (!parent) return false;
  if (parent.type === "JSXAttribute") return READ.test(parent.name.name) || STYLE.test(parent.name.name);
  return /^(?:ThrowStatement|TSLiteralType|ImportDeclaration)$/.test(parent.type) || isUnread(parent);
}

/** A page's text is in the catalogue, in every language; a text written into the page is in one only. */
export const noLiteralText = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const report = (node) =>
      context.report({ node, message: "Write the text in app/wording/en, de and cs, and take it with useWords()." });
    const checkSentence = (node) => {
      if (SENTENCE.test(textOf(node)) && !isUnread(node)) report(node);
    };
    return {
      JSXText(node) {
        if (WORD.test(node.value)) report(node);
      },
      JSXAttribute(node) {
        if (READ.test(node.name.name) && WORD.test(textOf(node.value))) report(node);
      },
      ImportDeclaration(node) {
        if (node.importKind !== "type" && /\/wording\/(?:english|wording)\.ts$/.test(node.source.value)) report(node);
      },
      Literal: checkSentence,
      TemplateLiteral: checkSentence,
    };
  },
};
