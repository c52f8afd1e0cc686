import { tokens } from "./polaris-setup.ts";

// Looks by @shopify/polaris-tokens. Sizes of the scale (shopify.dev, "Using Polaris web components": Scale) follow the
// tokens' own steps; which step stands for which word is not published.

export const SPACES: Readonly<Record<string, string>> = {
  none: "0",
  "small-500": "var(--p-space-025)",
  "small-400": "var(--p-space-050)",
  "small-300": "var(--p-space-100)",
  "small-200": "var(--p-space-150)",
  "small-100": "var(--p-space-200)",
  small: "var(--p-space-300)",
  base: "var(--p-space-400)",
  large: "var(--p-space-500)",
  "large-100": "var(--p-space-600)",
  "large-200": "var(--p-space-800)",
  "large-300": "var(--p-space-1000)",
  "large-400": "var(--p-space-1200)",
  "large-500": "var(--p-space-1600)",
};

/** A size, or two to four of them. */
export const spaces = (words: string | null): string =>
  (words ?? "")
    .split(" ")
    .map((word) => SPACES[word] ?? word)
    .join(" ");

// A custom-element rule must not change the page's own nodes, which React hydrates: the note is a pseudo-element.
const PAGE = `${tokens}
html{background:var(--p-color-bg);color:var(--p-color-text);font:var(--p-font-weight-regular) 13px/20px var(--p-font-family-sans)}
body{margin:0}
html::after{content:"Stand-in for Polaris web components";position:fixed;inset:auto 0 0 auto;padding:2px 6px;
font-size:11px;background:#303030;color:#fff;pointer-events:none}`;

const badge = (tone: string, name: string): string =>
  `:host(s-badge[tone=${tone}]){background:var(--p-color-bg-fill-${name}-secondary);color:var(--p-color-text-${name})}`;
const banner = (tone: string, name: string): string =>
  `:host(s-banner[tone=${tone}]) .banner{background:var(--p-color-bg-surface-${name});border-color:var(--p-color-border-${name})}`;
const text = (tone: string): string => `:host([tone=${tone}]){color:var(--p-color-text-${tone})}`;

const ELEMENTS = `*{box-sizing:border-box}[hidden],:host([hidden]){display:none!important}
:host(:is(s-page,s-section,s-stack,s-grid,s-grid-item,s-box,s-banner,s-paragraph,s-divider,s-table,s-heading,s-list-item,s-unordered-list,s-ordered-list,s-empty-state,s-query-container)){display:block}
:host(:is(s-text-field,s-number-field,s-email-field,s-password-field,s-search-field,s-url-field,s-money-field,s-text-area,s-select,s-checkbox,s-switch,s-choice-list)){display:block}
:host(:is(s-option,s-option-group,s-choice,s-tooltip)){display:none}
h1,h2,h3,h4,h5,p,fieldset,legend{margin:0;padding:0;border:0}
h1{font-size:20px;line-height:28px}h2{font-size:14px;line-height:20px}h3,h4,h5{font-size:13px;line-height:20px}
.page{max-width:998px;margin:0 auto;padding:16px 16px 40px;display:flex;flex-direction:column;gap:16px}
:host([inlinesize=small]) .page{max-width:662px}:host([inlinesize=large]) .page{max-width:none}
.header,.actions{display:flex;gap:8px;align-items:center;flex-wrap:wrap}.header h1{flex:1}
.card{display:flex;flex-direction:column;gap:12px;padding:16px;background:var(--p-color-bg-surface);border:1px solid var(--p-color-border-secondary);border-radius:12px}
:host(s-section[padding=none]) .card{padding:0}:host(s-section) .nested{border:0;padding:0}
.banner{display:flex;flex-direction:column;gap:8px;padding:12px;border:1px solid var(--p-color-border-secondary);border-radius:12px;background:var(--p-color-bg-surface)}
:host(s-badge){display:inline-block;padding:0 8px;border-radius:8px;font-size:12px;white-space:nowrap;background:var(--p-color-bg-fill-tertiary)}
:host([color=subdued]){color:var(--p-color-text-secondary)}:host([type=strong]){font-weight:650}
:host([accessibilityvisibility=exclusive]),.only-read{position:absolute!important;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
button,.button{display:inline-block;font:inherit;font-weight:550;padding:4px 12px;border:1px solid var(--p-color-border);border-radius:8px;background:var(--p-color-bg-fill);color:var(--p-color-text);text-decoration:none;cursor:pointer}
:host([variant=primary]) .button{background:var(--p-color-bg-fill-brand);color:var(--p-color-text-brand-on-bg-fill)}
:host([variant=tertiary]) .button{border-color:transparent;background:none}
:host(s-button[tone=critical]) .button{color:var(--p-color-text-critical)}
button:disabled{color:var(--p-color-text-disabled);cursor:default}
:host(s-link) a,:host(s-link) button{color:var(--p-color-text-link);background:none;border:0;padding:0;font:inherit;text-decoration:underline}
:host(s-clickable) .plain{all:unset;cursor:pointer;display:block}
input,select,textarea{font:inherit;width:100%;min-height:32px;padding:4px 12px;color:inherit;background:var(--p-color-input-bg-surface);border:1px solid var(--p-color-input-border);border-radius:8px}
input:is([type=checkbox],[type=radio]){width:16px;min-height:16px;margin:0 8px 0 0;vertical-align:middle}
:host([error]) :is(input,select,textarea){border-color:var(--p-color-border-critical-secondary)}
.details{color:var(--p-color-text-secondary)}.error{color:var(--p-color-text-critical)}
:host(s-table){overflow-x:auto}.table{display:table;width:100%;border-collapse:collapse}
:host(s-table-header-row),:host(s-table-row){display:table-row}:host(s-table-body){display:table-row-group}
:host(s-table-header),:host(s-table-cell){display:table-cell;padding:6px 12px;text-align:start;vertical-align:middle;border-bottom:1px solid var(--p-color-border-secondary)}
:host(s-table-header){font-weight:550;color:var(--p-color-text-secondary);background:var(--p-color-bg-surface-secondary)}
@media (max-width:489px){:host(s-table-header-row){position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}:host(s-table-row),:host(s-table-body),.table{display:block}:host(s-table-cell){display:block;border:0;padding:2px 12px}.cell-label[data-label]::before{content:attr(data-label) ": ";color:var(--p-color-text-secondary)}:host(s-table-row){padding:6px 0;border-bottom:1px solid var(--p-color-border-secondary)}}
:host(s-list-item){display:list-item;margin-inline-start:20px}:host(s-unordered-list){list-style:disc}:host(s-ordered-list){list-style:decimal}
:host(s-divider){border-top:1px solid var(--p-color-border-secondary)}
:host(s-empty-state) .card{align-items:center;text-align:center;border:0}
dialog{border:0;border-radius:12px;padding:16px;max-width:620px;color:inherit}
${badge("info", "info")}${badge("success", "success")}${badge("caution", "caution")}${badge("warning", "warning")}${badge("critical", "critical")}
${banner("info", "info")}${banner("success", "success")}${banner("warning", "warning")}${banner("critical", "critical")}
${[":host(s-text)", ":host(s-paragraph)"].map((host) => ["success", "caution", "warning", "critical"].map((tone) => text(tone).replace(":host(", host.slice(0, -1))).join("")).join("")}`;

function sheet(css: string): CSSStyleSheet {
  const made = new CSSStyleSheet();
  made.replaceSync(css);
  return made;
}

export const pageSheet = sheet(PAGE);
export const elementSheet = sheet(ELEMENTS);
