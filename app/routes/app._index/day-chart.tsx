import { type KeyboardEvent, type PointerEvent, type ReactNode, useState } from "react";
import { useWords } from "../../components/words-context.ts";
import type { Day, SettingsMark } from "../../ledger/daily-figure-types.ts";
import type { DayPlace, Tick } from "./chart-geometry.server.ts";
import { BOX, dateOf, INK } from "./chart-look.ts";

type Props = {
  readonly title: string;
  readonly note?: string;
  readonly days: readonly DayPlace[];
  readonly ticks: readonly Tick[];
  readonly marks: readonly SettingsMark[];
  readonly tickText: (value: number) => string;
  /** What a day's values are, in words. */
  readonly dayText: (index: number) => string;
  readonly children: ReactNode;
  readonly legend?: ReactNode;
  readonly table: ReactNode;
};

/**
 * A drawing by days. It is one stop of the keyboard: the arrow keys go from day to day, and the line below it says what
 * was on that day, as it does under the pointer.
 */
export function DayChart({ title, note, days, ticks, marks, tickText, dayText, children, legend, table }: Props) {
  const words = useWords();
  const [chosen, setChosen] = useState<number | null>(null);
  const last = days.length - 1;
  const index = Math.min(chosen ?? last, last);
  const textOf = (n: number): string => `${dateOf(words, days[n]?.day ?? "")}: ${dayText(n)}`;
  return (
    <s-section heading={title}>
      <figure style={{ margin: 0 }}>
        <figcaption>{note !== undefined && <s-text color="subdued">{note}</s-text>}</figcaption>
        {legend}
        <svg
          viewBox={`0 0 ${BOX.width} ${BOX.height}`}
          width="100%"
          fontSize="11"
          role="slider"
          tabIndex={0}
          aria-label={title}
          aria-valuemin={1}
          aria-valuemax={days.length}
          aria-valuenow={index + 1}
          aria-valuetext={textOf(index)}
          onKeyDown={(event) => {
            const next = stepped(event, index, last);
            if (next !== null) setChosen(next);
          }}
          onPointerMove={(event) => setChosen(dayUnder(event, days) ?? chosen)}
        >
          <Axes days={days} ticks={ticks} tickText={tickText} />
          {children}
          <Marks days={days} marks={marks} />
          {chosen !== null && days[index] && <Chosen day={days[index]} />}
        </svg>
        <p data-chosen-day>{textOf(index)}</p>
        <details>
          <summary>{words.text("home.chart.table", { chart: title })}</summary>
          {table}
        </details>
      </figure>
    </s-section>
  );
}

const STEPS: Readonly<Record<string, (index: number, last: number) => number>> = {
  ArrowLeft: (index) => Math.max(0, index - 1),
  ArrowDown: (index) => Math.max(0, index - 1),
  ArrowRight: (index, last) => Math.min(last, index + 1),
  ArrowUp: (index, last) => Math.min(last, index + 1),
  Home: () => 0,
  End: (_index, last) => last,
};

/** Null for a key that is not the chart's. */
function stepped(event: KeyboardEvent, index: number, last: number): number | null {
  const step = STEPS[event.key];
  if (step === undefined) return null;
  event.preventDefault();
  return step(index, last);
}

function dayUnder(event: PointerEvent<SVGSVGElement>, days: readonly DayPlace[]): number | null {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  const x = ((event.clientX - left) / width) * BOX.width;
  const index = days.findIndex((place) => x <= place.x + place.width);
  return index === -1 ? null : index;
}

function Axes({ days, ticks, tickText }: Pick<Props, "days" | "ticks" | "tickText">) {
  const words = useWords();
  const first = days[0];
  const last = days.at(-1);
  return (
    <g aria-hidden="true">
      {ticks.map(({ value, y }) => (
        <g key={value}>
          <line x1={BOX.left} x2={BOX.right} y1={y} y2={y} stroke={INK.grid} />
          <text x={BOX.left - 4} y={y + 4} textAnchor="end" fill={INK.text}>
            {tickText(value)}
          </text>
        </g>
      ))}
      {first && (
        <text x={BOX.left} y={BOX.height - 8} fill={INK.text}>
          {dateOf(words, first.day)}
        </text>
      )}
      {last && last !== first && (
        <text x={BOX.right} y={BOX.height - 8} textAnchor="end" fill={INK.text}>
          {dateOf(words, last.day)}
        </text>
      )}
    </g>
  );
}

/** Where the settings changed: what is left of such a line was counted by others. */
function Marks({ days, marks }: Pick<Props, "days" | "marks">) {
  const words = useWords();
  const places = new Map<Day, DayPlace>(days.map((place) => [place.day, place]));
  return marks.map(({ day, version }) => {
    const place = places.get(day);
    if (place === undefined) return null;
    return (
      <line
        key={version}
        data-settings-version={version}
        x1={place.x}
        x2={place.x}
        y1={BOX.top - 8}
        y2={BOX.bottom}
        stroke={INK.mark}
        strokeWidth="1.5"
        strokeDasharray="4 3"
      >
        <title>{words.text("home.chart.mark", { version, day: dateOf(words, day) })}</title>
      </line>
    );
  });
}

const Chosen = ({ day: { x, width } }: { readonly day: DayPlace }) => (
  <rect
    x={x}
    y={BOX.top}
    width={width}
    height={BOX.bottom - BOX.top}
    fill="none"
    stroke={INK.text}
    pointerEvents="none"
  />
);
