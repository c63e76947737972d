import { defineConfig } from 'prisma/config';

// Only `prisma generate`, `format` and `validate` read this. Migrations are written by scripts/migration.ts and
// applied by platform/database/migrate.ts, so no connection is configured here.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
});
