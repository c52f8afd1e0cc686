import { type RefObject, useEffect, useRef, useState } from "react";

/**
 * Listens to an event that React 18 does not pass on from a custom element: `change` of a field, `dismiss` of a banner,
 * `nextpage` of a table. Clicks need no such thing. The listener of the latest rendering is called.
 */
export function useListener<Tag extends keyof HTMLElementTagNameMap>(
  name: string,
  listener: (element: HTMLElementTagNameMap[Tag]) => void,
): RefObject<HTMLElementTagNameMap[Tag]> {
  const element = useRef<HTMLElementTagNameMap[Tag]>(null);
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => {
    const { current } = element;
    if (current === null) return;
    const listen = (): void => latest.current(current);
    current.addEventListener(name, listen);
    return () => current.removeEventListener(name, listen);
  }, [name]);
  return element;
}

/** What is chosen in a menu, for a page that shows at once what depends on it. The menu takes the ref. */
export function useChosen(
  saved: string,
): readonly [chosen: string, menu: RefObject<HTMLElementTagNameMap["s-select"]>] {
  const [chosen, setChosen] = useState(saved);
  return [chosen, useListener<"s-select">("change", ({ value }) => setChosen(value))];
}
