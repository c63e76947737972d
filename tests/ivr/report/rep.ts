import { randomInt, randomUUID } from 'node:crypto';
import { buildUser } from '../../support/build-report.ts';
import { quickPinHash } from '../quick-pin-hash.ts';
import { type IvrServer, PIN, REPORT_LINE } from '../server.ts';

export interface Rep {
  id: string;
  phone: string;
  /** Calls from their own phone and enters the PIN. */
  call(): ReturnType<IvrServer['simulator']['placeCall']>;
}

/** One more rep, with a phone and a PIN, whom earlier calls of the test file know nothing of. */
export async function addRep(
  server: IvrServer,
  more: { name?: string; language?: string } = {},
): Promise<Rep> {
  const { prisma } = server.platform.database;
  const { id } = await buildUser(server.platform.database, { name: more.name ?? 'Rita Reyes' });
  const phone = `+1555${randomInt(1_000_000, 10_000_000)}`;
  await prisma.user.update({
    where: { id },
    data: {
      pinHash: await quickPinHash(server.platform.config.secret, PIN),
      ...(more.language && { language: more.language }),
      phones: { create: { id: randomUUID(), number: phone } },
    },
  });
  return {
    id,
    phone,
    async call() {
      const call = await server.simulator.placeCall({ from: phone, to: REPORT_LINE });
      await call.press(`${PIN}#`);
      return call;
    },
  };
}

/** What the line said after the PIN, in order. */
export function heardSince(call: Awaited<ReturnType<Rep['call']>>, events = 0): string[] {
  return call
    .events()
    .slice(events)
    .flatMap((event) => (event.kind === 'say' ? [event.text] : []));
}
