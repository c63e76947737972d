import { Conflict, NotFound } from '../../platform/errors.ts';
import { forget, rewriteDictations, switchAudio } from './audio/rewrite-dictations.ts';
import {
  audioToMask,
  destroyAtOnce,
  doomOf,
  noteRedaction,
  type RedactDependencies,
  readFamily,
} from './redacting.ts';
import { planRedaction, type RedactionInput } from './redaction-input.ts';
import { replaceDrafts, replaceTranscripts } from './scrub/replace-texts.ts';
import { scrubFamily } from './scrub/scrub-family.ts';
import { replacePlaces } from './text/replace-spans.ts';

/**
 * Takes passages out of what somebody answered to a survey: the answer, and the texts that it was put together from.
 * Its audio is destroyed as soon as its text is final; what there is of it in the minute until then is masked
 * altogether, because the place of a word in it is not kept. Sent twice: the second finds the redaction by its id.
 * @throws NotFound, InvalidInput
 * @throws Conflict more of it was written down meanwhile
 */
export async function redactAnswer(
  platform: RedactDependencies,
  input: RedactionInput & { answerId: string; userId: string },
): Promise<void> {
  const { clock, database, objects } = platform;
  const { prisma } = database;
  const { answerId, userId } = input;
  const answer = await prisma.answer.findUnique({
    where: { id: answerId },
    select: { text: true, dictations: { select: { id: true } } },
  });
  if (!answer?.text) throw new NotFound('No such answer with a text');
  if (await prisma.redaction.findUnique({ where: { id: input.id } })) return;
  const { text } = answer;
  const plan = planRedaction(text, input);
  const ids = answer.dictations.map(({ id }) => id);
  const families = await Promise.all(ids.map((id) => readFamily(prisma, id, [])));
  const [first] = families;
  if (!first) throw new NotFound('No dictation of this answer');
  const toMask = families.flatMap((family) =>
    audioToMask(family, input).map(({ dictationId }) => ({ dictationId, spans: null })),
  );
  const rewritten = await rewriteDictations({ objects, tx: prisma }, toMask, input.mask);
  const now = clock.now();
  const taken = { reference: text, places: plan.places, phrases: plan.phrases };
  await prisma
    .$transaction(async (tx) => {
      await tx.$queryRaw`select id from answer where id = ${answerId}::uuid for update`;
      const current = await tx.answer.findUniqueOrThrow({ where: { id: answerId }, select: { text: true } });
      if (current.text !== text) {
        throw new Conflict('The answer was changed meanwhile', {
          userMessage: 'More of this answer was just written down. Open it again and mark the passage anew.',
        });
      }
      await switchAudio(tx, rewritten, doomOf(first, now));
      await tx.answer.update({ where: { id: answerId }, data: { text: replacePlaces(text, plan.places) } });
      const all = families.flatMap((family) => [family, ...family.copies]);
      await replaceTranscripts(
        tx,
        all.map(({ dictationId }) => dictationId),
        taken,
      );
      for (const { jobId } of all) if (jobId !== null) await replaceDrafts(tx, jobId, taken, now);
      await scrubFamily(tx, ids, taken.phrases);
      await noteRedaction(tx, first, { input, places: plan.places, userId, now });
    })
    .catch(async (error: unknown) => {
      await forget(objects, rewritten);
      throw error;
    });
  await destroyAtOnce(
    platform,
    rewritten.map(({ oldKey }) => oldKey),
  );
}
