import type { FastifyInstance } from 'fastify';
import type { Platform } from '../platform.ts';

const PATIENCE_MS = 3_000;

async function reachable(check: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const patience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer')), PATIENCE_MS);
  });
  try {
    await Promise.race([check(), patience]);
    return true;
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** `/healthz` (the process is alive), `/readyz` (what it needs answers), `/metrics` (Prometheus). */
export function serveHealth(
  app: FastifyInstance,
  { database, queues, objects, metrics }: Pick<Platform, 'database' | 'queues' | 'objects' | 'metrics'>,
): void {
  app.get('/healthz', { logLevel: 'warn' }, async () => ({ status: 'alive' }));
  app.get('/readyz', { logLevel: 'warn' }, async (_request, reply) => {
    const [databaseReady, queueReady, storageReady] = await Promise.all([
      reachable(() => database.pool.query('SELECT 1')),
      reachable(() => queues.check()),
      reachable(() => objects.check()),
    ]);
    const ready = databaseReady && queueReady && storageReady;
    return reply.code(ready ? 200 : 503).send({
      status: ready ? 'ready' : 'not ready',
      database: databaseReady,
      queue: queueReady,
      storage: storageReady,
    });
  });
  app.get('/metrics', { logLevel: 'warn' }, async (_request, reply) =>
    reply.type(metrics.contentType).send(await metrics.render()),
  );
}
