import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';
import pg from 'pg';

/** PostgreSQL's internal one-byte type "char", which introspection reads and the adapter doesn't know. */
const CHAR_OID = 18;
const TEXT_OID = 25;

/**
 * Prisma's schema engine as WebAssembly over `pg`: it compares a database with a schema file, without the native
 * binary that Prisma would download. Call `free()` on it, then `close()`.
 */
export async function openSchemaEngine(
  url: string,
  schemaPath: string,
): Promise<{ engine: SchemaEngine; close(): Promise<void> }> {
  await instantiate();
  const pool = new pg.Pool({ connectionString: url, max: 2 });
  const adapter = bindMigrationAwareSqlAdapterFactory(adapterThatKnowsChar(pool));
  const datamodels: [string, string][] = [[schemaPath, await readFile(schemaPath, 'utf8')]];
  const opened = await engine.SchemaEngine.new({ datamodels }, () => {}, adapter);
  return {
    engine: opened,
    async close() {
      opened.free();
      await pool.end();
    },
  };
}

async function instantiate(): Promise<void> {
  const require = createRequire(import.meta.url);
  const folder = path.dirname(require.resolve('@prisma/schema-engine-wasm/schema_engine_bg'));
  // The engine's panic hook leaves its message in this well-known global.
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      message: '',
      get() {
        return this.message;
      },
      set_message(message: string) {
        this.message = `RuntimeError: ${message}`;
      },
    },
  });
  const { instance } = await WebAssembly.instantiate(
    await readFile(path.join(folder, 'schema_engine_bg.wasm')),
    {
      './schema_engine_bg.js': { ...engine },
    },
  );
  engine.__wbg_set_wasm(instance.exports);
  const start = instance.exports.__wbindgen_start;
  if (typeof start === 'function') start();
}

/**
 * adapter-pg refuses columns of the type "char". Their oid is turned into text before the adapter looks, and the
 * column is afterwards marked as a character, which is what the engine expects.
 */
function adapterThatKnowsChar(pool: pg.Pool): PrismaPg {
  let charColumns: number[] = [];
  const query: (...args: unknown[]) => Promise<pg.QueryResult> = pool.query.bind(pool);
  Object.assign(pool, {
    async query(...args: unknown[]) {
      const result = await query(...args);
      charColumns = [];
      result.fields?.forEach((field, index) => {
        if (field.dataTypeID !== CHAR_OID) return;
        field.dataTypeID = TEXT_OID;
        charColumns.push(index);
      });
      return result;
    },
  });
  const factory = new PrismaPg(pool, { disposeExternalPool: false });
  const connect = factory.connect.bind(factory);
  factory.connect = async () => {
    const adapter = await connect();
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (statement) => {
      const result = await queryRaw(statement);
      for (const column of charColumns) result.columnTypes[column] = ColumnTypeEnum.Character;
      return result;
    };
    return adapter;
  };
  return factory;
}
