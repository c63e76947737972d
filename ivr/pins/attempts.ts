import {
  failuresLeft,
  forgetFailures,
  type ThrottlePolicy,
  throttleKey,
} from '../../platform/auth/throttle.ts';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { ID_POLICIES, ID_SCOPES } from './id-throttle.ts';
import { PIN_POLICIES, PIN_SCOPES } from './pin-throttle.ts';

/** Whose failures they are. */
export type AttemptKind = keyof typeof KINDS;

const KINDS = {
  /** A rep's own phone; the same, vouched for by the carriers; other phones at a rep. */
  own_phone: { scope: PIN_SCOPES.ownPhone, policy: PIN_POLICIES.OWN_PHONE },
  proven_phone: { scope: PIN_SCOPES.provenPhone, policy: PIN_POLICIES.OWN_PHONE },
  strangers: { scope: PIN_SCOPES.rep, policy: PIN_POLICIES.REP },
  caller: { scope: PIN_SCOPES.caller, policy: PIN_POLICIES.CALLER },
  withheld: { scope: PIN_SCOPES.withheld, policy: PIN_POLICIES.WITHHELD },
  line: { scope: PIN_SCOPES.line, policy: PIN_POLICIES.LINE },
  id_caller: { scope: ID_SCOPES.caller, policy: ID_POLICIES.CALLER },
  id_withheld: { scope: ID_SCOPES.withheld, policy: ID_POLICIES.WITHHELD },
  id_line: { scope: ID_SCOPES.line, policy: ID_POLICIES.LINE },
} as const satisfies Record<string, { scope: string; policy: ThrottlePolicy }>;

const KIND_OF_SCOPE = new Map<string, AttemptKind>(
  (Object.keys(KINDS) as AttemptKind[]).map((kind) => [KINDS[kind].scope, kind]),
);

export interface Attempts {
  /** What unlocks it. */
  key: string;
  kind: AttemptKind;
  /** The person or line, where there is one; a short number may be nobody's, a phone is never named. */
  subject: { type: 'user' | 'line'; id: string; name: string } | null;
  /** Enough of the key to tell one phone from another. */
  mark: string;
  /** Those that are not forgotten yet. */
  failures: number;
  lastFailedAt: Date;
  /** In the future; null when another try is free now. */
  blockedUntil: Date | null;
}

type Subject = NonNullable<Attempts['subject']>;
type Dependencies = Pick<Platform, 'database' | 'config' | 'clock'>;

const MARK_LENGTH = 6;
const MOST = 500;

/** Wrong PINs and anonymous IDs that still count, what is blocked first, then the newest. At most 500. */
export async function listAttempts({ database, config, clock }: Dependencies): Promise<Attempts[]> {
  const now = clock.now();
  const { rows } = await database.pool.query<{
    key: string;
    failures: number;
    lastFailedAt: Date;
    blockedUntil: Date | null;
  }>(
    `select key, failures, last_failed_at as "lastFailedAt", blocked_until as "blockedUntil" from throttle
     where split_part(key, ':', 1) = any($1) order by blocked_until > $2 desc nulls last, last_failed_at desc
     limit $3`,
    [[...KIND_OF_SCOPE.keys()], now, MOST],
  );
  if (rows.length === 0) return [];
  const subjects = await subjectsByKey({ database, config });
  return rows.flatMap(({ key, failures, lastFailedAt, blockedUntil }) => {
    const [scope = '', digest = ''] = key.split(':');
    const kind = KIND_OF_SCOPE.get(scope);
    if (kind === undefined) return [];
    const left = failuresLeft(failures, now.getTime() - lastFailedAt.getTime(), KINDS[kind].policy);
    const isBlocked = blockedUntil !== null && blockedUntil > now;
    if (left === 0 && !isBlocked) return [];
    return [
      {
        key,
        kind,
        subject: subjects.get(key) ?? null,
        mark: digest.slice(0, MARK_LENGTH),
        failures: left,
        lastFailedAt,
        blockedUntil: isBlocked ? blockedUntil : null,
      },
    ];
  });
}

/** Keys can't be read backwards, so those of all people and lines are made. */
async function subjectsByKey({
  database,
  config: { secret },
}: Pick<Platform, 'database' | 'config'>): Promise<Map<string, Subject>> {
  const [users, lines] = await Promise.all([
    database.prisma.user.findMany({
      where: { system: false, pinHash: { not: null } },
      select: { id: true, name: true, shortNumber: true },
    }),
    database.prisma.line.findMany({ select: { id: true, name: true } }),
  ]);
  const byKey = new Map<string, Subject>();
  for (const { id, name, shortNumber } of users) {
    const subject: Subject = { type: 'user', id, name };
    byKey.set(throttleKey(secret, PIN_SCOPES.ownPhone, id), subject);
    byKey.set(throttleKey(secret, PIN_SCOPES.provenPhone, id), subject);
    if (shortNumber !== null) byKey.set(throttleKey(secret, PIN_SCOPES.rep, shortNumber), subject);
  }
  for (const { id, name } of lines) {
    for (const scope of [PIN_SCOPES.line, PIN_SCOPES.withheld, ID_SCOPES.line, ID_SCOPES.withheld]) {
      byKey.set(throttleKey(secret, scope, id), { type: 'line', id, name });
    }
  }
  return byKey;
}

/**
 * Forgets the failures behind a key, and notes who said so. Out: false when there are none any more, as after
 * unlocking twice.
 */
export async function unlockAttempts(
  { database, config, clock }: Dependencies,
  key: string,
  actorId: string,
): Promise<boolean> {
  const [scope = '', digest = ''] = key.split(':');
  if (!KIND_OF_SCOPE.has(scope)) return false;
  const subject = (await subjectsByKey({ database, config })).get(key);
  return inTransaction(database.pool, async (client, along) => {
    if ((await forgetFailures(client, [key])) === 0) return false;
    along(
      client.query(
        `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
         values ($1, $2, $3, 'throttle.unlocked', $4, $5)`,
        [
          newId(),
          clock.now(),
          actorId,
          subject?.type ?? 'phone',
          subject?.id ?? digest.slice(0, MARK_LENGTH),
        ],
      ),
    );
    return true;
  });
}
