import { defineConfig } from "prisma/config";

// The address matters to `prisma migrate` only; the app connects through a driver adapter (app/database/db.server.ts).
const url = process.env["DATABASE_URL"];

export default defineConfig({
  schema: "prisma/schema.prisma",
  migrations: { path: "prisma/migrations" },
  ...(url !== undefined && { datasource: { url } }),
});
