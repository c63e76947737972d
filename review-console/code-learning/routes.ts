import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import type { Platform } from '../../platform/platform.ts';
import { isAutomatic, readModelInForce } from '../../transcription/code-learning/code-model-store.ts';
import { FEWEST_HELD_OUT, FEWEST_UNITS, NEW_UNITS } from '../../transcription/code-learning/limits.ts';
import { putInForce, setAutomatic } from '../../transcription/code-learning/put-in-force.ts';
import { countConfirmed } from '../../transcription/code-learning/read-confirmed.ts';
import { learnCodesNowTask } from '../../transcription/code-learning/tasks.ts';
import { topCues } from '../../transcription/code-learning/top-cues.ts';
import { codeWeights } from '../../transcription/thought-units/coding/weights.ts';
import { loadVocabulary } from '../../transcription/vocabulary/load-vocabulary.ts';
import { administrationPage } from '../render/administration-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { type ModelRow, nameOf, showModel, showProgress } from './show-models.ts';

const versionForm = z.object({ version: z.coerce.number().int().min(0).max(2_000_000_000) });
const automaticForm = z.object({ automatic: z.enum(['yes', 'no']) });
const SHOWN = 30;

/** `/codebook/learning`: what suggestions have learned from what people confirm, how good it is, and the way back. */
export function serveCodeLearning(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database' | 'queues'>,
): void {
  const { database, queues } = platform;
  const { prisma } = database;
  const onlyAdministrators = { preHandler: requireRole('administrator') };

  app.get('/codebook/learning', onlyAdministrators, async (_request, reply) => {
    const [rows, inForce, automatic, confirmed, { codes }] = await Promise.all([
      readRows(database),
      readModelInForce(prisma),
      isAutomatic(prisma),
      countConfirmed(database),
      loadVocabulary(database),
    ]);
    const labelOf = (key: string) => codes.get(key)?.label ?? key;
    const last = z.object({ confirmed: z.number() }).safeParse(rows[0]?.learnedFrom).data?.confirmed ?? null;
    const current = rows.find(({ version }) => version === inForce.version);
    const cues = inForce.version === 0 ? new Map() : topCues(inForce.model, codeWeights);
    return reply.page(
      'code-learning/learning',
      administrationPage('codebook', 'Learning of codes', {
        inForce: nameOf(inForce.version),
        isShipped: inForce.version === 0,
        since: current?.inForceSince,
        putBy: current?.putBy,
        automatic,
        progress: showProgress(confirmed, { last, fewest: FEWEST_UNITS, step: NEW_UNITS }),
        canLearn: confirmed >= FEWEST_UNITS,
        fewest: FEWEST_UNITS,
        fewestReports: FEWEST_HELD_OUT * 5,
        confirmed,
        cues: [...cues].map(([key, learned]) => ({ label: labelOf(key), cues: learned })),
        models: rows.map((row) => ({
          ...showModel(row, labelOf),
          trainedAt: row.trainedAt,
          trainedBy: row.trainedBy,
        })),
      }),
    );
  });

  app.post('/codebook/learning/now', onlyAdministrators, async (request, reply) => {
    const actorId = userOf(request).id;
    await queues.wake(learnCodesNowTask, { actorId }, { key: 'now' });
    setFlash(request, 'Learning has begun. Its result is here in a minute or two; load the page again.');
    return reply.redirect('/codebook/learning', 303);
  });

  app.post('/codebook/learning/put', onlyAdministrators, async (request, reply) => {
    const { version } = readForm(versionForm, request);
    await putInForce(platform, { version, actorId: userOf(request).id });
    setFlash(
      request,
      `Suggestions go by the model ${nameOf(version)} now. Better ones wait for you until you let them in by themselves again.`,
    );
    return reply.redirect('/codebook/learning', 303);
  });

  app.post('/codebook/learning/automatic', onlyAdministrators, async (request, reply) => {
    const automatic = readForm(automaticForm, request).automatic === 'yes';
    await setAutomatic(platform, { automatic, actorId: userOf(request).id });
    setFlash(
      request,
      automatic ? 'A better version comes into force by itself.' : 'A better version waits for you.',
    );
    return reply.redirect('/codebook/learning', 303);
  });
}

type ListedModel = ModelRow & {
  trainedAt: Date;
  trainedBy: string | null;
  inForceSince: Date | null;
  putBy: string | null;
};

/** In: nothing. Out: the newest versions, without their weights. Locks nothing. */
async function readRows({ pool }: Platform['database']): Promise<ListedModel[]> {
  const { rows } = await pool.query<ListedModel>({
    name: 'code-models-shown',
    text: `
      select model.version, model.state, model.reason, model.compared_with as "comparedWith",
             model.learned_from as "learnedFrom", model.measures, model.weights is not null as "hasWeights",
             model.trained_at as "trainedAt", trainer.name as "trainedBy",
             model.in_force_since as "inForceSince", switcher.name as "putBy"
      from code_model as model
      left join app_user as trainer on trainer.id = model.trained_by_id
      left join app_user as switcher on switcher.id = model.put_in_force_by_id
      order by model.version desc limit $1`,
    values: [SHOWN],
  });
  return rows;
}
