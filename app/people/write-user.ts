import { hashPassword } from '../../platform/auth/passwords.ts';
import { type PinOwner, weaknessOf } from '../../platform/auth/pin-rules.ts';
import { hashPin } from '../../platform/auth/pins.ts';
import { isUniqueViolation } from '../../platform/database/unique-violation.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { reckonJobs } from '../../transcription/turnaround/reckon-jobs.ts';
import { checkLanguage } from './check-language.ts';
import { toE164 } from './phone-number.ts';
import { WEAKNESS_WORDS } from './pin-words.ts';
import type { UserChange, UserInput } from './user-input.ts';
import { type UserRow, userSelect } from './user-row.ts';

type Dependencies = Pick<Platform, 'database' | 'config'>;

/** Columns of a change; secrets become hashes, what is absent stays as it is. */
async function columnsOf({ config }: Pick<Platform, 'config'>, change: UserChange) {
  const { password, pin, pinMustChange, phones: _, ...columns } = change;
  return {
    ...columns,
    // A new password ends every session, also that of whoever knew the old one.
    ...(password !== undefined && {
      passwordHash: await hashPassword(password),
      sessionEpoch: { increment: 1 },
    }),
    ...(pin !== undefined && {
      pinHash: pin === null ? null : await hashPin(config.secret, pin),
      pinMustChange: pin !== null && pinMustChange === true,
    }),
    ...(pin === undefined && pinMustChange !== undefined && { pinMustChange }),
  };
}

function checkPin(pin: string | null | undefined, owner: PinOwner): void {
  const weakness = pin ? weaknessOf(pin, owner) : null;
  if (weakness !== null)
    throw new InvalidInput(`a PIN that is refused: ${weakness}`, {
      userMessage: `That PIN is too easily guessed: ${WEAKNESS_WORDS[weakness]}. Choose another one.`,
    });
}

/** What was changed, for the audit: names of the fields, never what is in them. */
const changedFields = (change: UserChange) => ({ fields: Object.keys(change).sort() });

function explain(error: unknown): unknown {
  const taken = (what: string) => new Conflict('user field taken', { userMessage: what, cause: error });
  if (isUniqueViolation(error, ['email'])) return taken('Somebody already has this e-mail address.');
  if (isUniqueViolation(error, ['short_number']))
    return taken('Somebody already has this short number. Choose another one.');
  if (isUniqueViolation(error, ['external_id']))
    return taken('Somebody already has this id of the vocabulary.');
  if (isUniqueViolation(error, ['number']))
    return taken('One of the phone numbers belongs to somebody else. Take it away there first.');
  return error;
}

async function checkManager({ database }: Pick<Platform, 'database'>, managerId: string | null | undefined) {
  if (!managerId) return;
  if (!(await database.prisma.user.findFirst({ where: { id: managerId, system: false } })))
    throw new InvalidInput('unknown manager', {
      userMessage: 'That manager does not exist. Choose another one.',
    });
}

/**
 * Adds a person. Throws Conflict when e-mail, short number, phone or external id is somebody's already; sending the
 * same twice therefore adds one person.
 */
export async function createUser(
  platform: Dependencies,
  input: UserInput,
  actorId: string | null,
): Promise<UserRow> {
  checkLanguage(input.language);
  await checkManager(platform, input.managerId);
  const phones = [...new Set((input.phones ?? []).map(toE164))];
  checkPin(input.pin, { shortNumber: input.shortNumber ?? null, phones });
  const { sessionEpoch: _, ...columns } = await columnsOf(platform, input);
  try {
    return await platform.database.prisma.$transaction(async (tx) => {
      const user = await tx.user.create({
        data: {
          ...columns,
          email: input.email,
          name: input.name,
          phones: { create: phones.map((number) => ({ number })) },
        },
        select: userSelect,
      });
      await tx.auditEntry.create({
        data: {
          actorId,
          action: 'user.created',
          subjectType: 'user',
          subjectId: user.id,
          detail: changedFields(input),
        },
      });
      return user;
    });
  } catch (error) {
    throw explain(error);
  }
}

/** Changes what is given and leaves the rest. Throws NotFound, InvalidInput, Conflict. */
export async function updateUser(
  platform: Dependencies,
  userId: string,
  change: UserChange,
  actorId: string | null,
): Promise<UserRow> {
  checkLanguage(change.language);
  await checkManager(platform, change.managerId);
  const phones = change.phones && [...new Set(change.phones.map(toE164))];
  if (change.pin) {
    const row = await platform.database.prisma.user.findUnique({
      where: { id: userId },
      select: { shortNumber: true, phones: { select: { number: true } } },
    });
    const { shortNumber = row?.shortNumber ?? null } = change;
    checkPin(change.pin, { shortNumber, phones: phones ?? row?.phones.map(({ number }) => number) ?? [] });
  }
  const data = await columnsOf(platform, change);
  try {
    return await platform.database.prisma.$transaction(async (tx) => {
      const { count } = await tx.user.updateMany({ where: { id: userId, system: false }, data });
      if (count === 0) throw new NotFound('no such user');
      if (phones) {
        await tx.userPhone.deleteMany({ where: { userId, number: { notIn: phones } } });
        const kept = new Set(
          (await tx.userPhone.findMany({ where: { userId } })).map(({ number }) => number),
        );
        const added = phones.filter((number) => !kept.has(number));
        await tx.userPhone.createMany({ data: added.map((number) => ({ userId, number })) });
      }
      // Another language of a speaker is another requirement of what waits of theirs.
      if (change.language !== undefined) await reckonJobs(tx, { speakerId: userId });
      await tx.auditEntry.create({
        data: {
          actorId,
          action: 'user.changed',
          subjectType: 'user',
          subjectId: userId,
          detail: changedFields(change),
        },
      });
      return tx.user.findUniqueOrThrow({ where: { id: userId }, select: userSelect });
    });
  } catch (error) {
    throw explain(error);
  }
}
