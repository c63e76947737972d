import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../../platform/embedded-postgres/embedded-postgres.ts';
import { buildBrowser } from '../../scripts/build-browser.mjs';

const TEMPLATE = 'template_dictaline';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server for this run; its database `postgres` is for making and dropping others. */
    postgresUrl: string;
    templateDatabase: string;
  }
}

/** One real PostgreSQL for the whole run, with a migrated database that each test file clones; current bundles. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildBrowser();
  const folder = await mkdtemp(path.join(os.tmpdir(), 'dictaline-test-'));
  const postgres = await startEmbeddedPostgres({ folder, durable: false, maxConnections: 300 });
  const serverUrl = databaseUrl(postgres.url, 'postgres');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  await client.query(`create database "${TEMPLATE}"`);
  await client.end();
  await migrate(databaseUrl(postgres.url, TEMPLATE));
  project.provide('postgresUrl', serverUrl);
  project.provide('templateDatabase', TEMPLATE);
  return () => postgres.remove();
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
