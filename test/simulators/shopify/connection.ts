type Args = Readonly<Record<string, unknown>>;

const DEFAULT_PAGE = 50;

/** A Relay connection over a whole list; cursors are positions. */
export function connection<Node>(nodes: readonly Node[], args: Args) {
  const from = typeof args["after"] === "string" ? Number(atob(args["after"])) + 1 : 0;
  const first = typeof args["first"] === "number" ? args["first"] : DEFAULT_PAGE;
  const page = nodes.slice(from, from + first);
  const edges = page.map((node, index) => ({ node, cursor: btoa(String(from + index)) }));
  return {
    edges,
    nodes: page,
    pageInfo: {
      hasNextPage: from + first < nodes.length,
      hasPreviousPage: from > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}
