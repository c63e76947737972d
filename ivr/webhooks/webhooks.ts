import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { AppError, Forbidden, InvalidInput } from '../../platform/errors.ts';
import type { CallDeps } from '../deps.ts';
import type { PromptId } from '../prompts/prompt.ts';
import { speakingTo } from '../prompts/speaking.ts';
import { renderGoodbye, renderTryAgain } from '../twiml/render-trouble.ts';
import { answerCall } from './answer-call.ts';
import { applyStep } from './apply-step.ts';
import { endCallOfCarrier, isEndStatus } from './end-call.ts';
import { type Form, fieldOf, isAmbiguous, parseForm } from './form.ts';
import { readAddress } from './read-address.ts';
import { resumeCall } from './resume-call.ts';
import { isSigned } from './signature.ts';
import { takeRecording } from './take-recording.ts';

/** The carrier's forms have some thirty short parameters. */
const LONGEST_BODY_BYTES = 16 * 1024;
/** How often one step is tried before the caller is let go. */
const ATTEMPTS = 3;
/** No call is as long; numbers beyond are none of ours. */
const MOST_STEPS = 1_000_000;

interface ReceivedForm {
  raw: string;
  form: Form;
}

const answerQuery = z.object({ attempt: z.coerce.number().int().min(1).max(ATTEMPTS).optional() });
const stepParams = z.object({ callId: z.uuid(), step: z.coerce.number().int().min(1).max(MOST_STEPS) });
const stepQuery = z.object({
  recording: z.uuid().optional(),
  nothing: z.string().optional(),
  resume: z.string().optional(),
  pin: z.string().optional(),
});
const recordingParams = z.object({ recordingId: z.uuid() });

/**
 * What the carrier calls. Registers its own parser, so nothing here depends on the server it is put into; only
 * signed forms are let in, anything else gets 403, 413 or 415 and changes nothing.
 */
export async function webhooks(app: FastifyInstance, deps: CallDeps): Promise<void> {
  const { platform } = deps;
  const { publicUrl, carrier } = platform.config;
  const latency = platform.metrics.histogram(
    'ivr_webhook_seconds',
    'Time to answer the carrier, by step of the call.',
    ['step'],
    [0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5],
  );
  const troubles = platform.metrics.counter(
    'ivr_troubles_total',
    'Requests of the carrier that failed on our side, by step of the call.',
    ['step'],
  );

  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LONGEST_BODY_BYTES },
    async (_request: FastifyRequest, raw: string | Buffer): Promise<ReceivedForm> => {
      const text = raw.toString();
      return { raw: text, form: parseForm(text) };
    },
  );

  app.addHook('preHandler', async (request) => {
    const header = request.headers['x-twilio-signature'];
    const signature = typeof header === 'string' ? header : undefined;
    const { form } = received(request);
    const pathAndQuery = request.raw.url ?? '';
    if (!isSigned(carrier.authToken, { publicUrl, pathAndQuery, form, signature })) {
      throw new Forbidden('Request without a valid signature of the carrier', { userMessage: 'Not signed.' });
    }
    if (isAmbiguous(form)) {
      throw new Forbidden('Request that repeats a parameter', {
        userMessage: 'Not as the carrier sends it.',
      });
    }
  });

  /** Answers with TwiML whatever happens; `onTrouble` is the answer when something fails on our side. */
  async function answer(
    request: FastifyRequest,
    reply: FastifyReply,
    work: () => Promise<{ twiml: string; step: string }>,
    onTrouble: () => string,
  ): Promise<FastifyReply> {
    const stop = latency.startTimer();
    reply.type('text/xml; charset=utf-8');
    try {
      const { twiml, step } = await work();
      stop({ step });
      return reply.send(twiml);
    } catch (error) {
      stop({ step: 'failed' });
      if (error instanceof AppError && error.statusCode < 500) {
        reply.type('application/json; charset=utf-8');
        throw error;
      }
      troubles.inc({ step: request.routeOptions.url ?? '' });
      request.log.error({ err: error, route: request.routeOptions.url }, 'request of the carrier failed');
      return reply.send(onTrouble());
    }
  }

  /** Nothing is known of the call: it may be the database that fails. */
  const to = () => ({
    speaking: speakingTo({ language: '', now: platform.clock.now() }, deps.recorded),
    urls: deps.urls,
  });
  const tryAgain = (attempt: number, say: [PromptId, PromptId], url: (attempt: number) => string) =>
    attempt < ATTEMPTS ? renderTryAgain(to(), say[0], url(attempt + 1)) : renderGoodbye(to(), say[1]);

  app.post('/ivr/answer', (request, reply) => {
    const { attempt = 1 } = readAddress(answerQuery, request.query);
    return answer(
      request,
      reply,
      async () => {
        const { form } = received(request);
        return { twiml: (await resumeCall(deps, form)) ?? (await answerCall(deps, form)), step: 'answer' };
      },
      () => tryAgain(attempt, ['trouble', 'trouble_goodbye'], deps.urls.answer),
    );
  });

  app.post('/ivr/calls/:callId/steps/:step', (request, reply) => {
    const { callId, step } = readAddress(stepParams, request.params);
    const query = readAddress(stepQuery, request.query);
    const { raw, form } = received(request);
    return answer(
      request,
      reply,
      async () => {
        const { twiml, at } = await applyStep(deps, { callId, step, query, form, rawBody: raw });
        return { twiml, step: at };
      },
      () =>
        tryAgain(Number(query.resume ?? 1), ['trouble_kept', 'trouble_kept_goodbye'], (attempt) =>
          deps.urls.resume(callId, step, attempt),
        ),
    );
  });

  app.post('/ivr/recordings/:recordingId', async (request, reply) => {
    const stop = latency.startTimer({ step: 'recording_status' });
    const { recordingId } = readAddress(recordingParams, request.params);
    await takeRecording(deps, { recordingId, form: received(request).form });
    stop();
    return reply.code(204).send();
  });

  app.post('/ivr/status', async (request, reply) => {
    const stop = latency.startTimer({ step: 'status' });
    const { form } = received(request);
    const carrierCallId = fieldOf(form, 'CallSid');
    const reason = fieldOf(form, 'CallStatus');
    if (!carrierCallId) throw new InvalidInput('A call status without CallSid');
    if (isEndStatus(reason)) await endCallOfCarrier(deps, { carrierCallId, reason });
    stop();
    return reply.code(204).send();
  });
}

/** Empty when there was no body; such a request is signed over its address alone. */
function received(request: FastifyRequest): ReceivedForm {
  const body = request.body as ReceivedForm | null | undefined;
  return body ?? { raw: '', form: new Map() };
}
