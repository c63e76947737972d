import { createHmac } from 'node:crypto';
import type { Platform } from '../../platform/platform.ts';
import { displayAnonymousId, hashAnonymousId, withCheckDigit } from '../../surveys/anonymous-id.ts';

/** As many as somebody who tries the line may use up. */
const COUNT = 8;

/** The batch of the demo's survey whose IDs are shown to whoever tries it. */
export const DEMO_BATCH = 'For trying the phone';

/**
 * The anonymous IDs of that batch, digits only: made of the deployment's secret, because what is stored of an ID
 * can't be shown a second time.
 */
export function demoAnonymousIds(secret: string): string[] {
  return Array.from({ length: COUNT }, (_, at) => {
    const bytes = createHmac('sha256', secret).update(`demo id\0${at}`).digest();
    return withCheckDigit(String(bytes.readUIntBE(0, 6) % 100_000_000_000).padStart(11, '0'));
  });
}

/** Those that may still be used, as they are printed. Empty where the demo has no such batch. */
export async function freeDemoIds({
  config,
  database,
}: Pick<Platform, 'config' | 'database'>): Promise<string[]> {
  const batch = await database.prisma.invitationBatch.findFirst({
    where: { name: DEMO_BATCH, revokedAt: null },
    include: { invitations: { where: { finished: false }, select: { idHash: true } } },
  });
  if (batch === null) return [];
  const free = new Set(batch.invitations.map(({ idHash }) => idHash));
  return demoAnonymousIds(config.secret)
    .filter((id) => free.has(hashAnonymousId(config.secret, batch.surveyId, id)))
    .map(displayAnonymousId);
}
