import { readFile } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import Handlebars from 'handlebars';
import type { DialableLine } from './control-routes.ts';
import { FAULT_CHOICES } from './fault-choices.ts';

const VIEW = new URL('./views/phone.hbs', import.meta.url);

const NAMES: Readonly<Record<string, string>> = { '*': 'Star', '#': 'Pound' };
const KEYS = [...'123456789*0#'].map((key) => ({ key, name: NAMES[key] ?? key }));

interface PhoneView {
  lines: DialableLine[];
  keys: { key: string; name: string }[];
  faults: { id: string; label: string }[];
}

/** `GET /phone`: a telephone in the browser. For everybody, like the numbers that it calls. */
export async function phonePage(
  app: FastifyInstance,
  { listLines }: { listLines: () => Promise<DialableLine[]> },
): Promise<void> {
  const render = Handlebars.compile<PhoneView>(await readFile(VIEW, 'utf8'), { strict: true });
  app.get('/phone', async (_request, reply) => {
    const lines = await listLines();
    return reply
      .header('cache-control', 'no-store')
      .type('text/html; charset=utf-8')
      .send(render({ lines, keys: KEYS, faults: FAULT_CHOICES.map(({ id, label }) => ({ id, label })) }));
  });
}
