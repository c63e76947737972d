import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../platform/database/migrate.ts';
import { startEmbeddedPostgres } from '../../platform/embedded-postgres/embedded-postgres.ts';
import { createPostgresQueues } from '../../platform/queue/postgres-queues.ts';
import { buildBrowser } from '../../scripts/build-browser.mjs';
import { readAllRows } from './all-rows.ts';
import { quickestFolder } from './quickest-folder.ts';
import { silentLog } from './silent-log.ts';

const TEMPLATE = 'template_dictaline';

declare module 'vitest' {
  interface ProvidedContext {
    /** The server for this run; its database `postgres` is for making and dropping others. */
    postgresUrl: string;
    templateDatabase: string;
    /** What stands in the template, by table, as JSON: what migrations put there. */
    templateRows: Record<string, string>;
  }
}

/**
 * One real PostgreSQL for the whole run, with a migrated database that each test file clones, the queue's tables
 * included; current bundles.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildBrowser();
  const folder = await mkdtemp(path.join(await quickestFolder(), 'dictaline-test-'));
  const postgres = await startEmbeddedPostgres({ folder, durable: false, maxConnections: 300 });
  const serverUrl = databaseUrl(postgres.url, 'postgres');
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  // Some thousand connections are opened in a run, and each reckons the password's proof as often as this says.
  await client.query('set scram_iterations = 1');
  const password = client.escapeLiteral(decodeURIComponent(new URL(serverUrl).password));
  await client.query(`alter role current_user password ${password}`);
  await client.query(`create database "${TEMPLATE}"`);
  await client.end();
  await migrate(databaseUrl(postgres.url, TEMPLATE));
  await makeQueues(databaseUrl(postgres.url, TEMPLATE));
  project.provide('postgresUrl', serverUrl);
  project.provide('templateDatabase', TEMPLATE);
  project.provide('templateRows', await readAllRows(databaseUrl(postgres.url, TEMPLATE)));
  return () => postgres.remove();
}

async function makeQueues(connectionString: string): Promise<void> {
  const queues = createPostgresQueues({ connectionString, log: silentLog });
  await queues.ready();
  await queues.close();
}

function databaseUrl(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
