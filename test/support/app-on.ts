import { emptyPostgresDatabase } from "./databases.ts";
import { aMigratedDataFolder } from "./embedded-template.ts";
import { startTestApp, type TestApp, type TestAppOptions } from "./test-app.ts";

export type DatabaseKind = "pglite" | "postgresql";

/** The whole app on a new database of this kind; closing the app removes the database. */
export async function startAppOn(
  kind: DatabaseKind,
  graphUrl: string,
  { role = "all" }: Pick<TestAppOptions, "role"> = {},
): Promise<TestApp> {
  const folder = await aMigratedDataFolder();
  const postgres = kind === "postgresql" ? await emptyPostgresDatabase() : null;
  const app = await startTestApp({
    dataDir: folder.path,
    graphUrl,
    role,
    ...(postgres !== null && { databaseUrl: postgres.url }),
  });
  const close = async (): Promise<void> => {
    await app.close();
    await postgres?.drop();
    await folder.remove();
  };
  return { ...app, close };
}
