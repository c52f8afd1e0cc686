import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LONG_RUNNING } from "../../../app/scripts/node-flags.mjs";

/** A child's calls, by name: one argument, one answer. */
export type Questions = Readonly<Record<string, (argument: never) => unknown>>;

type Question = { readonly id: number; readonly name: string; readonly argument: unknown };
type Answered = { readonly id: number; readonly answer?: unknown; readonly problem?: string };

/** A separate process, so that the measured code shares no thread with the measuring code. */
export type Child<Known extends Questions> = {
  readonly pid: number;
  ask<Name extends keyof Known & string>(
    name: Name,
    argument: Parameters<Known[Name]>[0],
  ): Promise<Awaited<ReturnType<Known[Name]>>>;
  end(): Promise<void>;
};

/** Processor time and memory used by a process so far. */
export type Usage = { readonly cpuUs: number; readonly rssBytes: number; readonly peakRssBytes: number };

export function usage(): Usage {
  const { user, system } = process.cpuUsage();
  const { maxRSS } = process.resourceUsage();
  return { cpuUs: user + system, rssBytes: process.memoryUsage.rss(), peakRssBytes: maxRSS * 1024 };
}

/** Starts `child-<name>.ts` beside this file and waits until it answers. Its output is dropped, its errors are shown. */
export async function startChild<Known extends Questions>(
  name: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Child<Known>> {
  const file = fileURLToPath(new URL(`./child-${name}.ts`, import.meta.url));
  const child = fork(file, [], {
    env,
    serialization: "advanced",
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    // The flags that `npm start` passes to Node.
    execArgv: ["--disable-warning=ExperimentalWarning", ...(name === "app" ? LONG_RUNNING : []), ...profiling(name)],
  });
  const ask = asking(child, name);
  await ask("ready", undefined);
  return {
    pid: child.pid ?? 0,
    // The child's Questions type guarantees the answer's type; nothing else writes to this channel.
    ask: ask as Child<Known>["ask"],
    end: () => ended(child),
  };
}

// `TANDEM_BENCH_PROFILE=app` writes a CPU profile of every such child into the folder bench-profiles.
const profiling = (name: string): readonly string[] =>
  process.env["TANDEM_BENCH_PROFILE"] === name ? ["--cpu-prof", "--cpu-prof-dir=bench-profiles"] : [];

function asking(child: ChildProcess, name: string) {
  let last = 0;
  const open = new Map<number, (answered: Answered) => void>();
  child.on("message", (message: Answered) => {
    open.get(message.id)?.(message);
    open.delete(message.id);
  });
  child.once("exit", (code) => {
    for (const [id, answer] of open) answer({ id, problem: `${name} ended with exit code ${code}` });
  });
  return (question: string, argument: unknown): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (!child.connected) throw new Error(`${name}, asked for ${question}: it has ended`);
      last += 1;
      open.set(last, ({ answer, problem }) => {
        if (problem === undefined) resolve(answer);
        else reject(new Error(`${name}, asked for ${question}: ${problem}`));
      });
      child.send({ id: last, name: question, argument } satisfies Question);
    });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.disconnect();
  const late = setTimeout(() => child.kill("SIGKILL"), 15_000);
  await exit;
  clearTimeout(late);
}

/** The child's side: answers calls by name, and exits through `close` when the parent disconnects. */
export function answerQuestions(questions: Questions, close: () => Promise<void> = async () => undefined): void {
  // What arrives was sent by startChild, whose types hold both sides to the same Questions.
  const known: Readonly<Record<string, ((argument: never) => unknown) | undefined>> = {
    ...questions,
    ready: () => true,
  };
  process.on("message", ({ id, name, argument }: Question) => {
    const answered = async (): Promise<unknown> => known[name]?.(argument as never);
    answered().then(
      (answer) => process.send?.({ id, answer } satisfies Answered),
      (error: unknown) => process.send?.({ id, problem: String(error instanceof Error ? error.stack : error) }),
    );
  });
  process.once("disconnect", () => {
    close().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  });
}
