import { escapeHtml } from "./http.ts";

const STYLE = `*{box-sizing:border-box}body{margin:0;font:14px/1.45 system-ui,sans-serif;color:#1d1d1f;background:#f1f1f1}
a{color:#0b4f9e}h1{font-size:1.25rem;margin:0}main{padding:1rem}.shell{display:grid;grid-template-columns:13rem 1fr;height:100vh}
.side{padding:1rem;background:#e6e6e6}.side ul{list-style:none;padding:0}.app{display:flex;flex-direction:column;min-width:0;position:relative}
.bar{display:flex;gap:1rem;align-items:center;padding:.6rem 1rem;background:#fff;border-bottom:1px solid #ccc}
#save-bar:not([hidden]){display:flex;gap:.6rem;align-items:center;padding:.5rem 1rem;background:#1d1d1f;color:#fff}
iframe{border:0;flex:1;width:100%}#toasts{position:absolute;bottom:1rem;left:50%;transform:translateX(-50%)}
#toasts p{background:#1d1d1f;color:#fff;padding:.6rem 1rem;border-radius:8px}#toasts .error{background:#8e1f0b}
table{border-collapse:collapse;background:#fff;width:100%;margin:.5rem 0 1.5rem}td,th{border:1px solid #ccc;padding:.3rem .5rem;text-align:left;vertical-align:top}
button{font:inherit;padding:.3rem .8rem}form.inline{display:inline}code{font-size:.85em;word-break:break-all}
@media(max-width:45rem){.shell{grid-template-columns:1fr;grid-template-rows:auto 1fr}.side{padding:.5rem 1rem}
.side ul{display:flex;flex-wrap:wrap;gap:.2rem .8rem;margin:.3rem 0 0}}`;

/** A page of https://admin.shopify.com, plain and without the app. */
export const adminPage = (title: string, body: string): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head><body>${body}</body></html>`;
