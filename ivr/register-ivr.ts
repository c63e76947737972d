import type { FastifyInstance } from 'fastify';
import type { TaskWorker } from '../platform/queue/queue-backend.ts';
import type { CarrierClient } from './carrier/carrier-client.ts';
import type { CallDeps, IvrPlatform, Replies } from './deps.ts';
import { forgetOldFailures } from './pins/forget-old-failures.ts';
import { playPrompt } from './prompts/recorded/play-prompt.ts';
import { createPromptBook, NO_RECORDINGS, type RecordedPrompts } from './prompts/recorded/prompt-book.ts';
import { sweepPromptAudio } from './prompts/recorded/sweep-prompt-audio.ts';
import { deleteSurveyCallRecords } from './tasks/delete-call-records.ts';
import { endLostCalls } from './tasks/end-lost-calls.ts';
import { findLostRecordings } from './tasks/find-lost-recordings.ts';
import { settleSurveyCalls } from './tasks/settle-survey-calls.ts';
import {
  deleteSurveyCallRecordsTask,
  endLostCallsTask,
  findLostRecordingsTask,
  forgetOldFailuresTask,
  settleSurveyCallsTask,
  sweepPromptAudioTask,
} from './tasks/tasks.ts';
import { urlsOf } from './webhooks/part-token.ts';
import { playClip } from './webhooks/play-clip.ts';
import { playPart } from './webhooks/play-part.ts';
import { createWaker } from './webhooks/wakes.ts';
import { webhooks } from './webhooks/webhooks.ts';

export interface IvrJoints {
  replies: Replies;
  carrier: CarrierClient;
}

const SWEEP_EVERY_MS = 60_000;
/** Nobody is woken for a survey; see settle-survey-calls.ts. */
const SETTLE_EVERY_MS = 15_000;
const FORGET_EVERY_MS = 600_000;
const SWEEP_PROMPTS_EVERY_MS = 3_600_000;

/** What the services behind the webhooks take, of the platform and of others. */
export function createCallDeps(
  platform: IvrPlatform,
  { replies, recorded = NO_RECORDINGS }: Pick<IvrJoints, 'replies'> & { recorded?: RecordedPrompts },
): CallDeps {
  return { platform, replies, recorded, urls: urlsOf(platform.config), waker: createWaker(platform) };
}

/** The webhooks, encapsulated: the server's other parsers and hooks for forms don't reach them. */
export async function registerIvr(
  app: FastifyInstance,
  platform: IvrPlatform,
  { replies, carrier }: IvrJoints,
): Promise<void> {
  const book = await createPromptBook(platform);
  app.addHook('onClose', async () => book.close());
  const deps = createCallDeps(platform, { replies, recorded: book });
  app.addHook('onClose', () => deps.waker.settled());
  await app.register(webhooks, deps);
  await app.register(playPart, { platform, media: carrier });
  await app.register(playClip, platform);
  await app.register(playPrompt, platform);
}

/** The sweeps of the phone, each on its schedule in one of all processes. Close the workers before the queues. */
export async function startIvrWorkers(
  platform: IvrPlatform,
  { replies, carrier }: IvrJoints,
): Promise<TaskWorker[]> {
  const { queues } = platform;
  const deps = createCallDeps(platform, { replies });
  const workers = [
    await queues.work(endLostCallsTask, async () => {
      await endLostCalls(deps, carrier);
    }),
    await queues.work(findLostRecordingsTask, async () => {
      await findLostRecordings(platform, carrier);
    }),
    await queues.work(settleSurveyCallsTask, async () => {
      await settleSurveyCalls(deps, carrier);
    }),
    await queues.work(deleteSurveyCallRecordsTask, async () => {
      await deleteSurveyCallRecords(platform, carrier);
    }),
    await queues.work(forgetOldFailuresTask, async () => {
      await forgetOldFailures(platform);
    }),
    await queues.work(sweepPromptAudioTask, async () => {
      await sweepPromptAudio(platform);
    }),
  ];
  await queues.schedule(endLostCallsTask, SWEEP_EVERY_MS);
  await queues.schedule(findLostRecordingsTask, SWEEP_EVERY_MS);
  await queues.schedule(settleSurveyCallsTask, SETTLE_EVERY_MS);
  await queues.schedule(deleteSurveyCallRecordsTask, SWEEP_EVERY_MS);
  await queues.schedule(forgetOldFailuresTask, FORGET_EVERY_MS);
  await queues.schedule(sweepPromptAudioTask, SWEEP_PROMPTS_EVERY_MS);
  return workers;
}
