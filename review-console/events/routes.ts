import { PassThrough } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Event } from '../../platform/events/event-bus.ts';
import type { Platform } from '../../platform/platform.ts';
import { mayHear } from './may-hear.ts';

/** Proxies close what is silent for a minute. */
const KEEP_ALIVE_MS = 25_000;
/** Then the browser connects anew by itself, and who has been signed out meanwhile is not let in again. */
const LONGEST_MS = 10 * 60_000;
const RECONNECT_MS = 2_000;
/** A reader that takes nothing for so long is gone; more is not kept for it. */
const MAX_BUFFERED_BYTES = 64 * 1024;

/** `GET /events`: server-sent events, ids only. A lost connection costs freshness; screens look again when it is back. */
export function serveEvents(
  app: FastifyInstance,
  { database, events, log }: Pick<Platform, 'database' | 'events' | 'log'>,
): void {
  const open = new Set<PassThrough>();
  // Before the server waits for its connections to end, because these never would.
  app.addHook('preClose', async () => {
    for (const stream of open) stream.end();
  });

  app.get('/events', { preHandler: requireRole(), logLevel: 'warn' }, async (request, reply) => {
    const user = userOf(request);
    const stream = new PassThrough();
    const write = (text: string) => {
      if (stream.writableEnded) return;
      if (stream.writableLength > MAX_BUFFERED_BYTES) stream.end();
      else stream.write(text);
    };
    const tell = (event: Event) => {
      mayHear(database, user, event).then(
        (may) => may && write(`event: ${event.topic}\ndata: ${JSON.stringify(event.data)}\n\n`),
        (error: unknown) => log.warn({ err: error, topic: event.topic }, 'event not told'),
      );
    };
    const stop = events.subscribe('*', tell);
    const keepAlive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
    const end = setTimeout(() => stream.end(), LONGEST_MS);
    open.add(stream);
    const close = () => {
      stop();
      clearInterval(keepAlive);
      clearTimeout(end);
      open.delete(stream);
    };
    stream.once('close', close);
    stream.once('finish', close);
    request.raw.once('close', () => stream.destroy());
    write(`retry: ${RECONNECT_MS}\n\n`);
    return reply
      .type('text/event-stream')
      .header('cache-control', 'no-store')
      .header('x-accel-buffering', 'no')
      .send(stream);
  });
}
