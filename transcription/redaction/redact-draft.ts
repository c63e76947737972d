import { z } from 'zod';
import { Conflict, NotFound } from '../../platform/errors.ts';
import { lockHeldJobIn } from '../jobs/lease.ts';
import { anchorsSchema } from '../jobs/save-draft.ts';
import { forget, rewriteDictations, switchAudio } from './audio/rewrite-dictations.ts';
import { refuseUnheard } from './redact-report.ts';
import {
  audioToMask,
  blankAnswers,
  destroyAtOnce,
  doomOf,
  noteRedaction,
  type RedactDependencies,
  readFamily,
} from './redacting.ts';
import { planRedaction, redactionInput } from './redaction-input.ts';
import { moveDoubts, replaceDrafts } from './scrub/replace-texts.ts';
import { scrubFamily } from './scrub/scrub-family.ts';

export const draftRedactionInput = redactionInput.extend({
  leaseToken: z.uuid(),
  /** Of the draft as it is saved: the window saves before it redacts. */
  revision: z.number().int().min(0),
});

export interface RedactedDraft {
  revision: number;
  text: string;
  anchors: z.infer<typeof anchorsSchema>;
}

/**
 * Takes passages out of what is being typed, with its whole history, and out of the audio under it. Only for the window
 * that holds the job. What was settled in the review so far goes, for it was made of another text.
 *
 * Sent twice: the second finds the redaction by its id and answers with the draft as it is. Otherwise as `redactReport`.
 * @throws NotFound, InvalidInput
 * @throws LeaseLost the job is not this window's any more
 * @throws Conflict the draft was saved by another window meanwhile, or the audio was built anew
 */
export async function redactDraft(
  platform: RedactDependencies,
  input: z.infer<typeof draftRedactionInput> & { jobId: string; userId: string },
): Promise<RedactedDraft> {
  const { clock, database, events, objects } = platform;
  const { prisma } = database;
  const { jobId, userId } = input;
  const job = await prisma.job.findUnique({ where: { id: jobId }, include: { draft: true } });
  if (!job?.draft) throw new NotFound(`No draft of job ${jobId}`);
  await prisma.$transaction((tx) => lockHeldJobIn(tx, input, clock.now()));
  if (await prisma.redaction.findUnique({ where: { id: input.id } })) return shape(job.draft);
  refuseOther(jobId, input.revision, job.draft.revision);
  const { text } = job.draft;
  const plan = planRedaction(text, input);
  const family = await readFamily(prisma, job.dictationId, plan.places);
  refuseUnheard(family, input);

  const rewritten = await rewriteDictations({ objects, tx: prisma }, audioToMask(family, input), input.mask);
  const now = clock.now();
  const doom = doomOf(family, now);
  const taken = { reference: text, places: plan.places, phrases: plan.phrases };
  const draft = await prisma
    .$transaction(async (tx) => {
      await lockHeldJobIn(tx, input, now);
      const current = await tx.draft.findUniqueOrThrow({ where: { jobId }, select: { revision: true } });
      refuseOther(jobId, input.revision, current.revision);
      await switchAudio(tx, rewritten, doom);
      const after = await replaceDrafts(tx, jobId, taken, now);
      await moveDoubts(tx, jobId, plan.places, now);
      await blankAnswers(tx, family.answers, plan.places[0]?.label ?? 'redacted');
      const ids = [family, ...family.answers].map(({ dictationId }) => dictationId);
      await scrubFamily(tx, ids, taken.phrases);
      await noteRedaction(tx, family, { input, places: plan.places, userId, now });
      return after;
    })
    .catch(async (error: unknown) => {
      await forget(objects, rewritten);
      throw error;
    });
  await events.publish('job.changed', { jobId });
  if (doom.dueAt <= now) {
    await destroyAtOnce(
      platform,
      rewritten.map(({ oldKey }) => oldKey),
    );
  }
  return draft ? shape(draft) : shape(job.draft);
}

function refuseOther(jobId: string, revision: number, saved: number): void {
  if (revision === saved) return;
  throw new Conflict(`The draft of job ${jobId} is at revision ${saved}`, {
    userMessage: 'This text was changed in another window. Compare the two before going on.',
  });
}

function shape({
  revision,
  text,
  anchors,
}: {
  revision: number;
  text: string;
  anchors: unknown;
}): RedactedDraft {
  return { revision, text, anchors: anchorsSchema.catch([]).parse(anchors) };
}
