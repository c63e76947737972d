import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Random } from '../../../ivr/faults/random.ts';

/** What becomes of a request: all that a bad line, a proxy and a dying server do to one. */
type Trouble = 'none' | 'dropped' | 'answer-lost' | 'late' | 'twice';
const TROUBLES: readonly Trouble[] = ['none', 'dropped', 'answer-lost', 'late', 'twice'];

export interface TroubledProxy {
  address: string;
  /** From now on requests for drafts have troubles by chance; or none has. */
  trouble(isOn: boolean): void;
  /** How many of each there were. */
  readonly counts: Readonly<Record<Trouble, number>>;
  close(): Promise<void>;
}

/** Stands between a browser and a server on a port, and troubles what is saved. */
export async function startTroubledProxy(port: number, random: Random): Promise<TroubledProxy> {
  let isOn = false;
  const counts: Record<Trouble, number> = { none: 0, dropped: 0, 'answer-lost': 0, late: 0, twice: 0 };
  const server = createServer((incoming, outgoing) => {
    void handle(incoming, outgoing).catch(() => outgoing.destroy());
  });
  // Live events stay open: the proxy ends with its sockets.
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));

  async function handle(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const isSave = isOn && incoming.method === 'PUT' && incoming.url?.endsWith('/draft');
    const trouble = isSave ? random.pick(TROUBLES) : 'none';
    if (isSave) counts[trouble] += 1;
    const body = await read(incoming);
    if (trouble === 'dropped') {
      outgoing.destroy();
      return;
    }
    if (trouble === 'late') await new Promise((resolve) => setTimeout(resolve, random.between(100, 1_500)));
    const first = await forward(port, incoming, body);
    // A client, or something on the way, that sends again what it had no answer to.
    if (trouble === 'twice') (await forward(port, incoming, body)).resume();
    if (trouble === 'answer-lost') {
      first.resume();
      outgoing.destroy();
      return;
    }
    outgoing.writeHead(first.statusCode ?? 502, first.headers);
    first.on('error', () => outgoing.destroy());
    first.pipe(outgoing);
  }

  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}`,
    trouble(next) {
      isOn = next;
    },
    counts,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function read(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function forward(
  port: number,
  { method, url, headers }: IncomingMessage,
  body: Buffer,
): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: 'localhost', port, method, path: url, headers }, resolve);
    sent.on('error', reject);
    sent.end(body);
  });
}
