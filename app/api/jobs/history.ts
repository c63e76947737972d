import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { Forbidden, NotFound } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { keptMarkSchema } from '../../../transcription/jobs/draft-history/kept-mark.ts';
import {
  type DraftHistory,
  readHistory,
  readVersion,
} from '../../../transcription/jobs/draft-history/read-history.ts';
import { anchorsSchema } from '../../../transcription/jobs/save-draft.ts';
import { allow, answers, describe, type Endpoint, id, idParams, time } from '../api.ts';

const revision = z.number().int();
const about = z.object({
  revision,
  savedAt: time,
  person: z.number().int().nullable().describe('Index into `people`; null: no person typed it'),
  window: z.string().nullable().describe('Told apart from other windows by it'),
  restoredFrom: revision.nullable().describe('The revision that was brought back by it'),
});
const version = z.union([
  about.extend({ text: z.string().describe('The whole text') }),
  about.extend({
    at: z.number().int().describe('Of the version before, UTF-16: here …'),
    removed: z.number().int().describe('… so much gave way to …'),
    inserted: z.string(),
  }),
]);
const history = z.object({ people: z.array(z.object({ id, name: z.string() })), versions: z.array(version) });

/** Who sees to the work sees any job's; who types, that of a job which is, or was, theirs. */
const READERS = ['transcriptionist', 'supervisor', 'administrator'] as const;

export const jobHistoryEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs/:id/history',
    {
      ...allow(...READERS),
      schema: {
        ...describe(
          'jobs',
          'getJobHistory',
          'How the text of a job came about: each save, in order',
          'Each version goes on from the one before it: apply the changes from the first on to tell any text.',
        ),
        params: idParams,
        response: answers({ 200: history }, 404),
      },
    },
    async (request) => {
      const jobId = request.params.id;
      await refuseOthers(platform, jobId, userOf(request));
      return toHistory(platform, await readHistory(platform, jobId));
    },
  );

export const jobVersionEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs/:id/history/:revision',
    {
      ...allow(...READERS),
      schema: {
        ...describe('jobs', 'getJobVersion', 'One version with its places in the audio and its doubts'),
        params: idParams.extend({ revision: z.coerce.number().int().min(0) }),
        response: answers(
          {
            200: z.object({
              revision,
              savedAt: time,
              text: z.string(),
              anchors: anchorsSchema,
              marks: z.array(keptMarkSchema),
            }),
          },
          404,
        ),
      },
    },
    async (request) => {
      const { id: jobId, revision: wanted } = request.params;
      await refuseOthers(platform, jobId, userOf(request));
      const { text, anchors, marks, savedAt } = await readVersion(platform, jobId, wanted);
      return {
        revision: wanted,
        savedAt: savedAt.toISOString(),
        text,
        anchors: [...anchors],
        marks: [...marks],
      };
    },
  );

/** @throws NotFound no such job; Forbidden neither theirs nor theirs to look after */
async function refuseOthers(
  { database }: Pick<Platform, 'database'>,
  jobId: string,
  user: ReturnType<typeof userOf>,
): Promise<void> {
  const job = await database.prisma.job.findUnique({
    where: { id: jobId },
    select: { status: true, claimedById: true, finalizedById: true },
  });
  if (!job) throw new NotFound(`No job ${jobId}`);
  const looksAfter = user.roles.some((role) => role === 'administrator' || role === 'supervisor');
  const isTheirs = (job.status === 'claimed' && job.claimedById === user.id) || job.finalizedById === user.id;
  if (!looksAfter && !isTheirs) throw new Forbidden(`Job ${jobId} is not ${user.id}'s`);
}

async function toHistory(
  { database }: Pick<Platform, 'database'>,
  { wholes, changes }: DraftHistory,
): Promise<z.infer<typeof history>> {
  const told = new Set(changes.map(({ revision }) => revision));
  const untold = wholes.filter(({ revision }) => !told.has(revision));
  const ids = [...new Set([...untold, ...changes].flatMap(({ userId }) => (userId ? [userId] : [])))];
  const people = await database.prisma.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  });
  const personOf = (userId: string | null) => {
    const index = people.findIndex((person) => person.id === userId);
    return index < 0 ? null : index;
  };
  const versions: z.infer<typeof version>[] = [
    ...untold.map(({ revision, savedAt, userId, text }) => ({
      revision,
      savedAt: savedAt.toISOString(),
      person: personOf(userId),
      window: null,
      restoredFrom: null,
      text,
    })),
    ...changes.map(({ revision, savedAt, userId, windowKey, restoredFrom, at, removed, inserted }) => ({
      revision,
      savedAt: savedAt.toISOString(),
      person: personOf(userId),
      window: windowKey,
      restoredFrom,
      at,
      removed,
      inserted,
    })),
  ];
  return { people, versions: versions.toSorted((a, b) => a.revision - b.revision) };
}
