import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import fastifyView from '@fastify/view';
import type { FastifyInstance } from 'fastify';
import Handlebars from 'handlebars';
import { registerHelpers } from '../view-helpers/register-helpers.ts';

/** Views are named from here: `views/today.hbs`, `queue/queue.hbs`. */
export const VIEW_ROOT = fileURLToPath(new URL('..', import.meta.url));
const PARTIALS = 'views/partials';

/**
 * Sets up `reply.view` with the layout, all partials of views/partials (by file name) and our helpers. Its own
 * Handlebars instance, so nobody else's helpers or partials mix with ours. Templates are compiled once, unless
 * `reread`: each request then reads and compiles anew what it shows, for whoever changes templates meanwhile. That is
 * most of what a request takes.
 */
export async function registerViewEngine(app: FastifyInstance, options: { reread: boolean }): Promise<void> {
  const handlebars = Handlebars.create();
  registerHelpers(handlebars);
  await app.register(fastifyView, {
    engine: { handlebars },
    root: VIEW_ROOT,
    layout: 'views/layout.hbs',
    production: !options.reread,
    options: { partials: await listPartials(), compileOptions: { preventIndent: true } },
  });
}

async function listPartials(): Promise<Record<string, string>> {
  const files = await readdir(path.join(VIEW_ROOT, PARTIALS));
  return Object.fromEntries(
    files
      .filter((file) => file.endsWith('.hbs'))
      .map((file) => [path.basename(file, '.hbs'), `${PARTIALS}/${file}`]),
  );
}
