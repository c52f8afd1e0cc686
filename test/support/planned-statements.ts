import { PrismaPg } from "@prisma/adapter-pg";
import { PrismaClient } from "@prisma/client";
import pg from "pg";

/** The executor's plan of one statement or of one statement of a function, as PostgreSQL prints its nodes. */
export type PrintedPlan = string;

/** A client of this PostgreSQL database that keeps every plan that the server makes for it. */
export function plannedStatements(url: string) {
  const address = new URL(url);
  const options = ["TimeZone=UTC", "debug_print_plan=on", "debug_pretty_print=off", "client_min_messages=log"];
  address.searchParams.set("options", options.map((option) => `-c ${option}`).join(" "));
  const plans: PrintedPlan[] = [];
  const pool = new pg.Pool({ connectionString: address.href, max: 4 });
  pool.on("connect", (client) => {
    // The pool has let go of a connection before it is closed, and dropping the database then ends it with an error.
    client.on("error", () => undefined);
    client.on("notice", ({ message, detail }) => {
      if (message === "plan:" && detail !== undefined) plans.push(detail);
    });
  });
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  const close = async (): Promise<void> => {
    await prisma.$disconnect();
    await pool.end();
  };
  return { prisma, plans: plans as readonly PrintedPlan[], close };
}

/** Chooses partitions by what is only known while it runs. */
export const prunesWhileRunning = (plan: PrintedPlan): boolean => plan.includes(":exec_pruning_steps (");

/** Locks, updates or deletes rows (CmdType 2, 4 and 5), and so rechecks one that another statement has changed. */
export const mayRecheckRows = (plan: PrintedPlan): boolean =>
  plan.includes("{LOCKROWS ") || /\{MODIFYTABLE (?:(?! :operation ).)* :operation [245] /.test(plan);
