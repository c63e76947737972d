// npm run db:migration -- new NAME | check
//
// `new` writes what prisma/schema.prisma says and prisma/migrations don't make yet into a new migration, to be read
// and, where need be, edited by hand before it is committed. `check` exits with 1 when the two disagree. Both run
// on a throw-away embedded PostgreSQL.
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { MIGRATIONS_FOLDER } from '../platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../platform/embedded-postgres/embedded-postgres.ts';
import { missingMigration } from './compare-schema.ts';

const LOCK_FILE = `# Written by scripts/migration.ts in the form that Prisma expects
provider = "postgresql"
`;

const [command, name] = process.argv.slice(2);
if (command === 'check') {
  const sql = await compare();
  if (sql !== undefined) {
    console.error(`prisma/migrations lack this; run \`npm run db:migration -- new NAME\`:\n\n${sql}`);
    process.exitCode = 1;
  } else console.log('prisma/schema.prisma and prisma/migrations agree.');
} else if (command === 'new' && name) {
  const sql = await compare();
  if (sql === undefined)
    console.log('prisma/schema.prisma and prisma/migrations agree; there is nothing to write.');
  else console.log(`Wrote ${await writeMigration(name, sql)}`);
} else {
  console.error('Usage: npm run db:migration -- new NAME | check');
  process.exitCode = 1;
}

async function compare(): Promise<string | undefined> {
  await mkdir(MIGRATIONS_FOLDER, { recursive: true });
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-migration-'));
  const postgres = await startEmbeddedPostgres({ folder, durable: false });
  try {
    return await missingMigration(postgres.url);
  } finally {
    await postgres.remove();
  }
}

async function writeMigration(title: string, sql: string): Promise<string> {
  const time = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(MIGRATIONS_FOLDER, `${time}_${title.replace(/\W+/g, '_')}`);
  await mkdir(folder);
  const file = path.join(folder, 'migration.sql');
  await writeFile(file, sql);
  await writeFile(path.join(MIGRATIONS_FOLDER, 'migration_lock.toml'), LOCK_FILE);
  return path.relative(process.cwd(), file);
}
