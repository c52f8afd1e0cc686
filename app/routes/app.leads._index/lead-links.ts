/** The filter's fields by their names in the URL. */
export const FILTER_FIELDS = ["search", "stage", "period", "origin", "reason"] as const;

/** As the URL has it; empty text: not filtered by that. */
export type LeadFilter = Readonly<Record<(typeof FILTER_FIELDS)[number], string>>;

type Cursors = { readonly cursor?: string | null; readonly refused?: string | null };

/** The URL of the list with a filter, from its newest page or from a cursor of either list. */
export function leadsUrl(filter: Partial<LeadFilter>, { cursor, refused }: Cursors = {}): string {
  const query = new URLSearchParams([
    ...FILTER_FIELDS.flatMap((field) => (filter[field] ? [[field, filter[field]]] : [])),
    ...(cursor ? [["cursor", cursor]] : []),
    ...(refused ? [["refused", refused]] : []),
  ]).toString();
  return query === "" ? "/app/leads" : `/app/leads?${query}`;
}
