/** The style sheet of the page "Events Manager (simulator)". */
export const PAGE_STYLE = `
:root { color-scheme: light; font: 15px/1.45 system-ui, "Segoe UI", sans-serif; color: #1c2b33; background: #f2f4f7; }
body { margin: 0 auto; max-width: 1180px; padding: 24px; }
h1 { font-size: 24px; margin: 0; } h1 span { font-size: 13px; font-weight: 600; color: #465a69; border: 1px solid #a9b4bd; border-radius: 10px; padding: 1px 8px; vertical-align: middle; }
h2 { font-size: 17px; margin: 28px 0 8px; }
.figures { display: flex; flex-wrap: wrap; gap: 12px; margin: 16px 0; }
.figures div { background: #fff; border-radius: 8px; padding: 10px 18px; min-width: 120px; }
.figures dt { color: #465a69; font-size: 13px; } .figures dd { margin: 0; font-size: 24px; font-weight: 600; }
table { width: 100%; border-collapse: collapse; background: #fff; border-radius: 8px; overflow: hidden; }
th, td { text-align: left; padding: 7px 12px; vertical-align: top; } thead th { font-size: 13px; color: #465a69; border-bottom: 1px solid #dde2e6; }
.events > tbody > tr:not(.detail) > td { border-top: 1px solid #dde2e6; padding-bottom: 2px; }
.detail > td { padding-top: 0; } summary { cursor: pointer; color: #1c5fa8; font-size: 13px; }
code { font: 13px/1.4 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
.number { white-space: nowrap; font-variant-numeric: tabular-nums; }
.leg { display: inline-block; background: #dcebfb; color: #123f70; border-radius: 10px; padding: 1px 9px; font-size: 13px; white-space: nowrap; }
.leg.missing { background: #eceff1; color: #52626d; }
.merged { color: #14652f; font-weight: 600; } .waiting { color: #52626d; } .differs { color: #9a1b1b; font-weight: 600; }
.parameters { margin: 6px 0 12px; background: #f8f9fb; font-size: 13px; } .parameters th, .parameters td { padding: 3px 10px; } .parameters tbody th { font-weight: 500; white-space: nowrap; }
.parameters td { width: 38%; } tr.differs td { background: #fdecec; }
`;
