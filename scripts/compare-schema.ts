import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { migrate } from '../platform/database/migrate.ts';
import { openSchemaEngine } from './schema-engine.ts';

const SCHEMA_PATH = fileURLToPath(new URL('../prisma/schema.prisma', import.meta.url));

/**
 * The SQL that is missing from prisma/migrations for them to make what prisma/schema.prisma says; undefined when
 * they agree. Uses a throw-away database on the server at `serverUrl` (whose user may create databases).
 */
export async function missingMigration(serverUrl: string): Promise<string | undefined> {
  const scratchName = `compare_${process.pid}_${Date.now()}`;
  const scratchUrl = new URL(serverUrl);
  scratchUrl.pathname = `/${scratchName}`;
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    await admin.query(`create database "${scratchName}"`);
    try {
      await migrateScratch(scratchUrl.href);
      return await difference(scratchUrl.href);
    } finally {
      await admin.query(`drop database "${scratchName}" with (force)`);
    }
  } finally {
    await admin.end();
  }
}

async function migrateScratch(url: string): Promise<void> {
  await migrate(url);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  // The comparison would otherwise propose to drop the table of applied migrations.
  await client.query('drop table _prisma_migrations');
  await client.end();
}

async function difference(url: string): Promise<string | undefined> {
  const files = [{ path: SCHEMA_PATH, content: await readFile(SCHEMA_PATH, 'utf8') }];
  const { engine, close } = await openSchemaEngine(url, SCHEMA_PATH);
  try {
    const result = await engine.diff({
      from: { tag: 'schemaDatasource', files, configDir: path.dirname(SCHEMA_PATH) },
      to: { tag: 'schemaDatamodel', files },
      script: true,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return result.exitCode === 0 ? undefined : (result.stdout ?? '');
  } finally {
    await close();
  }
}
