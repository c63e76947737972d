import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { dictate } from '../../ivr/simulator/dictate.ts';
import { createPhoneClient, type PhoneClient } from '../../ivr/simulator/phone-client.ts';
import { StartupError } from '../../platform/errors.ts';

const USAGE =
  'usage: call --pin P --audio FILE.wav [--from +1…] [--to +1…] [--short-number N] [--keys K]… [--server URL]';

interface CallOptions {
  pin: string;
  audio: string;
  from: string;
  to: string | undefined;
  shortNumber: string | null;
  keys: string[];
  server: string;
}

/**
 * Places a simulated call against a running server and prints the conversation. Exit status 0 when a reference was
 * read back.
 */
export async function runCall(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options === null) {
    process.stderr.write(`${USAGE}\n`);
    return 2;
  }
  const audio = await readFile(options.audio).catch((cause: unknown) => {
    throw new StartupError(`The audio file ${options.audio} can't be read; check its name.`, { cause });
  });
  const phone = createPhoneClient(options.server);
  const to = options.to ?? (await findReportLine(phone));
  const reference = await dictate(phone, { ...options, to, audio }, (line) =>
    process.stdout.write(`${line}\n`),
  );
  if (reference === null) {
    process.stderr.write('No reference was read back: nothing was sent.\n');
    return 1;
  }
  process.stdout.write(`Reference ${reference}\n`);
  return 0;
}

function readOptions(args: string[]): CallOptions | null {
  try {
    const { values } = parseArgs({
      args,
      options: {
        pin: { type: 'string' },
        audio: { type: 'string' },
        from: { type: 'string', default: '' },
        to: { type: 'string' },
        'short-number': { type: 'string' },
        keys: { type: 'string', multiple: true, default: [] },
        server: { type: 'string', default: 'http://localhost:3000' },
      },
    });
    const { pin, audio, from, to, keys, server } = values;
    if (!pin || !audio || !/^\d+$/.test(pin)) return null;
    return { pin, audio, from, to, keys, server, shortNumber: values['short-number'] ?? null };
  } catch {
    return null;
  }
}

async function findReportLine(phone: PhoneClient): Promise<string> {
  const line = (await phone.lines()).find(({ purpose }) => purpose === 'report');
  if (line === undefined) {
    throw new StartupError('The server has no report line; add one, or name a number with --to.');
  }
  return line.number;
}
