import type { CarrierClient } from '../../ivr/carrier/carrier-client.ts';
import type { SimulatedCall } from '../../ivr/simulator/simulated-call.ts';
import { deleteSurveyCallRecords } from '../../ivr/tasks/delete-call-records.ts';
import { settleSurveyCalls } from '../../ivr/tasks/settle-survey-calls.ts';
import type { Platform } from '../../platform/platform.ts';
import { createSurvey, type NewSurvey } from '../../surveys/create-survey.ts';
import { finishResponses } from '../../surveys/finish-responses.ts';
import { invite } from '../../surveys/invite.ts';
import { setAnswerText } from '../../surveys/set-answer-text.ts';
import { tendAnonymousAudio } from '../../transcription/anonymous/tend-anonymous-audio.ts';
import { claimJob } from '../../transcription/jobs/claim-job.ts';
import { finalizeJob } from '../../transcription/reports/finalize-job.ts';
import { type IvrServer, SURVEY_LINE } from './server.ts';

export const QUESTIONS = ['How was the last visit?', 'What should we change?', 'Anything else?'];

export interface OpenSurvey {
  surveyId: string;
  /** Digits only. */
  ids: string[];
  batchId: string;
}

/** A survey on the survey line, with a batch of IDs. */
export async function openSurvey(
  server: IvrServer,
  {
    count = 6,
    groupKey = 'North',
    ...survey
  }: Partial<NewSurvey> & { count?: number; groupKey?: string } = {},
): Promise<OpenSurvey> {
  const platform: Platform = server.fullPlatform;
  const { id: surveyId } = await createSurvey(platform, {
    name: 'Customers',
    questions: QUESTIONS,
    ...survey,
  });
  await server.pool.query('update line set survey_id = $1 where number = $2', [surveyId, SURVEY_LINE]);
  const { batchId, anonymousIds } = await invite(platform, { surveyId, name: 'Letters', groupKey, count });
  return { surveyId, batchId, ids: anonymousIds.map((id) => id.replaceAll(' ', '')) };
}

/** Calls the survey line and keys in the ID. */
export async function callWithId(
  server: IvrServer,
  id: string,
  from = '+15550133333',
): Promise<SimulatedCall> {
  const call = await server.simulator.placeCall({ from, to: SURVEY_LINE });
  await call.press(`${id}#`);
  return call;
}

/** What schedules do in the background, once: as often as it takes for a call to be settled. */
export async function workOnSurveys(
  server: IvrServer,
  carrier: CarrierClient = server.carrier,
): Promise<void> {
  const { fullPlatform: platform } = server;
  await tendAnonymousAudio({ platform, carrierMedia: carrier });
  await settleSurveyCalls(server.deps, carrier);
  await finishResponses(platform);
  await tendAnonymousAudio({ platform, carrierMedia: carrier });
  await deleteSurveyCallRecords(platform, carrier);
}

/** Somebody writes down whatever waits, each as `text` says. Returns how many. */
export async function writeDown(
  server: IvrServer,
  userId: string,
  text: (at: number) => string,
): Promise<number> {
  const { fullPlatform: platform } = server;
  for (let done = 0; ; done += 1) {
    const job = await claimJob(platform, { userId });
    if (job === null || job.leaseToken === null) return done;
    const { id: jobId, leaseToken } = job;
    await finalizeJob(
      platform,
      { afterFinalize: [], afterTranscript: [setAnswerText] },
      { jobId, leaseToken, userId, text: text(done), anchors: [], headingCertainty: 'suggested' },
    );
  }
}
