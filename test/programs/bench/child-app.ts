// The app as `npm start` runs it, without pages and with its log discarded.
import { readEnv } from "../../../app/env/env.server.ts";
import { logOutput } from "../../../app/logging/log-output.server.ts";
import { createLogger } from "../../../app/logging/logger.server.ts";
import { runApp } from "../../../app/server/run-app.server.ts";
import { answerQuestions, usage, type Usage } from "./child-process.ts";

export type AppQuestions = {
  readonly port: (nothing: undefined) => number;
  readonly usage: (nothing: undefined) => Usage;
};

const env = readEnv();
const log = createLogger({ level: env.logLevel, name: "tandem", to: logOutput() });
const app = await runApp(env, log, {
  remix: async () => ({
    respond: async () => new Response("no pages here", { status: 404 }),
    clientFolder: null,
  }),
});

const questions: AppQuestions = { port: () => app.port, usage };
answerQuestions(questions, app.close);
