import { openDatabase } from "../../../app/database/db.server.ts";
import { recountedFigures, storedFigures } from "../../support/recount-figures.ts";

type Place = { readonly dataDir: string; readonly url: string | undefined };

/** Daily figures that are not what a count of the rows gives. Only after the app has stopped. */
export async function compareFigures(place: Place): Promise<readonly string[]> {
  const database = await openDatabase(place);
  try {
    const [stored, recounted] = [await storedFigures(database.prisma), await recountedFigures(database.prisma)];
    return [...new Set([...Object.keys(stored), ...Object.keys(recounted)])].flatMap((key) =>
      stored[key] === recounted[key]
        ? []
        : [`the figure "${key}" is ${stored[key] ?? "missing"}, and the rows give ${recounted[key] ?? "none"}`],
    );
  } finally {
    await database.close();
  }
}
