import type { BrowserHit, ReceivedEvent, ServerCopy } from "./event-ledger.ts";
import { PAGE_STYLE } from "./events-manager-style.ts";
import type { MalformedHit } from "./tr-endpoint.ts";

/** One request that reached Graph, for the list at the page's end. */
export type GraphRequestLine = {
  readonly at: string;
  /** Path and query, so that a test can look for a token in them. */
  readonly address: string;
  readonly metaPixelId: string;
  readonly events: number;
  /** Null: the request got no answer. */
  readonly status: number | null;
  readonly code: number | null;
  readonly subcode: number | null;
  readonly fault: string | null;
};

export type EventsManagerView = {
  readonly datasets: readonly string[];
  readonly events: readonly ReceivedEvent[];
  readonly requests: readonly GraphRequestLine[];
  readonly malformed: readonly MalformedHit[];
};

/** The page "Events Manager (simulator)": which legs arrived for each event, and whether they were merged. */
export function eventsManagerPage(view: EventsManagerView): string {
  const { events } = view;
  const merged = events.filter((event) => event.merged).length;
  const differing = events.filter((event) => event.differences.length > 0).length;
  const doubled = events.filter((event) => event.serverCopies > 1).length;
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Events Manager (simulator)</title><style>${PAGE_STYLE}</style></head>
<body>
<header><h1>Events Manager <span>simulator</span></h1>
<p>What arrived at this stand-in for Meta. ${view.datasets.length === 0 ? "No dataset yet." : `Datasets: ${view.datasets.map(escape).join(", ")}.`}</p></header>
<dl class="figures">
${figure("Events", events.length)}${figure("Both legs merged", merged)}${figure("One leg only", events.length - merged)}
${figure("Legs that differ", differing)}${figure("Server copies doubled", doubled)}
</dl>
<main>
${events.length === 0 ? "<p>Nothing has arrived yet.</p>" : eventTable(events)}
${requestTable(view.requests)}
${malformedList(view.malformed)}
</main>
</body>
</html>`;
}

const figure = (label: string, count: number): string => `<div><dt>${label}</dt><dd>${count}</dd></div>`;

const eventTable = (events: readonly ReceivedEvent[]): string => `<h2>Events</h2>
<table class="events">
<thead><tr><th>Received</th><th>Event</th><th>Event id</th><th>Legs</th><th>Value</th><th>Deduplicated</th><th>Dataset</th></tr></thead>
<tbody>${events.toReversed().map(eventRows).join("\n")}</tbody>
</table>`;

function eventRows(event: ReceivedEvent): string {
  const value = event.value === null ? "" : `${event.value} ${event.currency ?? ""}`;
  return `<tr data-event="${escape(event.eventName)}" data-merged="${event.merged}">
<td>${event.firstReceivedAt.slice(11, 19)}</td><td><strong>${escape(event.eventName)}</strong></td>
<td><code>${escape(event.eventId ?? "none")}</code></td>
<td>${leg("Browser", event.browserCopies)} ${leg("Server", event.serverCopies)}</td>
<td class="number">${escape(value)}</td><td>${verdict(event)}</td><td><code>${escape(event.metaPixelId)}</code></td></tr>
<tr class="detail"><td colspan="7"><details><summary>Parameters</summary>${parameterTable(event)}</details></td></tr>`;
}

function leg(name: string, copies: number): string {
  if (copies === 0) return `<span class="leg missing">no ${name.toLowerCase()}</span>`;
  return `<span class="leg">${name}${copies > 1 ? ` × ${copies}` : ""}</span>`;
}

function verdict(event: ReceivedEvent): string {
  if (!event.merged) return '<span class="waiting">one leg</span>';
  if (event.differences.length === 0) return '<span class="merged">merged</span>';
  return `<span class="differs">merged, but ${event.differences.map(escape).join(", ")} differ</span>`;
}

function parameterTable(event: ReceivedEvent): string {
  const browser = browserParameters(event.browser);
  const server = serverParameters(event.server);
  const all = [...new Set([...Object.keys(server), ...Object.keys(browser)])].sort();
  const names = all.filter((name) => (browser[name] ?? server[name] ?? null) !== null);
  const rows = names.map((name) => {
    const isDifferent = event.differences.some((key) => name === `custom_data.${key}`);
    return `<tr${isDifferent ? ' class="differs"' : ""}><th scope="row">${escape(name)}</th><td>${cell(browser[name])}</td><td>${cell(server[name])}</td></tr>`;
  });
  return `<table class="parameters"><thead><tr><th>Parameter</th><th>Browser</th><th>Server</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

const cell = (value: unknown): string =>
  value === undefined || value === null
    ? ""
    : `<code>${escape(typeof value === "string" ? value : JSON.stringify(value))}</code>`;

/** A hit under the names that the server leg uses, so that the two stand side by side. */
function browserParameters(hit: BrowserHit | null): Record<string, unknown> {
  if (!hit) return {};
  return {
    ...prefixed("custom_data", hit.customData),
    ...prefixed("user_data", hit.userData),
    "user_data.fbp": hit.fbp,
    "user_data.fbc": hit.fbc,
    "user_data.client_user_agent": hit.userAgent,
    event_source_url: hit.url,
    referrer_url: hit.referrer,
    data_processing_options: hit.dataProcessingOptions,
    received: hit.receivedAt,
    transport: `/tr ${hit.transport}`,
  };
}

function serverParameters(copy: ServerCopy | null): Record<string, unknown> {
  if (!copy) return {};
  const { custom_data, user_data, ...rest } = copy.event;
  return {
    ...prefixed("custom_data", custom_data),
    ...prefixed("user_data", user_data),
    ...rest,
    received: copy.receivedAt,
    transport: `Graph ${copy.graphVersion}`,
    fbtrace_id: copy.traceId,
    test_event_code: copy.testEventCode,
    partner_agent: copy.partnerAgent,
  };
}

const prefixed = (prefix: string, fields: unknown): Record<string, unknown> =>
  typeof fields === "object" && fields !== null
    ? Object.fromEntries(Object.entries(fields).map(([key, value]) => [`${prefix}.${key}`, value]))
    : {};

function requestTable(requests: readonly GraphRequestLine[]): string {
  if (requests.length === 0) return "";
  const rows = requests
    .slice(-50)
    .toReversed()
    .map((line) => {
      const error = line.code === null ? "" : `${line.code}${line.subcode === null ? "" : ` / ${line.subcode}`}`;
      return `<tr><td>${line.at.slice(11, 19)}</td><td><code>${escape(line.metaPixelId)}</code></td><td class="number">${line.events}</td><td>${line.status ?? "no answer"}</td><td>${error}</td><td>${escape(line.fault ?? "")}</td></tr>`;
    });
  return `<h2>Graph requests</h2><table><thead><tr><th>At</th><th>Dataset</th><th>Events</th><th>Status</th><th>Error</th><th>Fault</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

function malformedList(malformed: readonly MalformedHit[]): string {
  if (malformed.length === 0) return "";
  const items = malformed.map(
    (hit) => `<li>${escape(hit.problem)}: <code>${escape(JSON.stringify(hit.parameters))}</code></li>`,
  );
  return `<h2>Hits that say nothing</h2><ul>${items.join("")}</ul>`;
}

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
