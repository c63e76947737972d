import { issuePin } from '../../platform/auth/pin-rules.ts';
import { hashPin } from '../../platform/auth/pins.ts';
import { NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';

/**
 * Gives a person a random PIN in place of the one they have. It is returned this once and kept as a hash; the first
 * call asks for one of their own. Throws NotFound.
 */
export async function issuePinTo(
  { database, config }: Pick<Platform, 'database' | 'config'>,
  userId: string,
  actorId: string | null,
): Promise<string> {
  const { prisma } = database;
  const user = await prisma.user.findFirst({
    where: { id: userId, system: false },
    select: { shortNumber: true, phones: { select: { number: true } } },
  });
  if (!user) throw new NotFound('no such user');
  const { shortNumber, phones } = user;
  const pin = issuePin({ shortNumber, phones: phones.map(({ number }) => number) });
  await prisma.$transaction([
    prisma.user.update({
      where: { id: userId },
      data: { pinHash: await hashPin(config.secret, pin), pinMustChange: true },
    }),
    prisma.auditEntry.create({
      data: { actorId, action: 'user.pin_issued', subjectType: 'user', subjectId: userId },
    }),
  ]);
  return pin;
}
