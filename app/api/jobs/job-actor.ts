import type { FastifyRequest } from 'fastify';
import { userOf } from '../../../platform/auth/require-role.ts';
import type { Platform } from '../../../platform/platform.ts';

/**
 * In whose name the work on a job is done: the person signed in, or, with the bearer token, whoever the job was
 * claimed for, so that drafts and confirmed values carry that person and not "Automation".
 */
export async function jobActor(
  { database }: Pick<Platform, 'database'>,
  request: FastifyRequest,
  jobId: string,
): Promise<string> {
  const caller = userOf(request);
  if (caller.by === 'session') return caller.id;
  const job = await database.prisma.job.findUnique({
    where: { id: jobId },
    select: { claimedById: true, finalizedById: true },
  });
  return job?.finalizedById ?? job?.claimedById ?? caller.id;
}
