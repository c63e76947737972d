import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { sameToken } from '../../platform/auth/token.ts';
import type { Config } from '../../platform/config.ts';
import { Conflict, NotFound, Unauthenticated, Unavailable } from '../../platform/errors.ts';
import { describeCall, describeRecording } from './api-resources.ts';
import type { MediaFault } from './faults.ts';
import { pageOf, pageQuery } from './page.ts';
import { fallSilent, sendMedia } from './send-media.ts';
import type { Simulator } from './simulator.ts';

const recordingParams = z.object({ file: z.string() });
const callParams = z.object({ callSid: z.string() });
const callsQuery = z.object({
  To: z.string().optional(),
  From: z.string().optional(),
  Status: z.string().optional(),
});

/** How long a request that gets no answer is kept waiting: longer than our client has patience. */
const SILENCE_MS = 25_000;

/**
 * The part of the carrier's REST API that we use, with its basic authentication: recordings of a call and their
 * media, calls to a number, deletion of both. What is noted in the simulator's fault book goes wrong.
 */
export async function apiRoutes(
  app: FastifyInstance,
  {
    simulator,
    carrier,
    silenceMs = SILENCE_MS,
  }: {
    simulator: Simulator;
    carrier: Pick<Config['carrier'], 'accountSid' | 'authToken'>;
    silenceMs?: number;
  },
): Promise<void> {
  const { accountSid, authToken } = carrier;
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;
  const { faultBook, media } = simulator;

  app.addHook('onRequest', async (request) => {
    if (!sameToken(request.headers.authorization ?? '', credentials)) {
      throw new Unauthenticated('Request to the simulated carrier without its credentials');
    }
  });

  /** Whether the request has been left without an answer. @throws Unavailable when the answer is an error */
  function fails(fault: MediaFault | null, reply: FastifyReply): boolean {
    if (fault === 'error') throw new Unavailable('The simulated carrier is out of order');
    if (fault !== 'silence') return false;
    fallSilent(reply, silenceMs);
    return true;
  }

  app.get(`${account}/Recordings/:file`, async (request, reply) => {
    const { sid, extension } = splitFile(recordingParams.parse(request.params).file);
    const found = await media.read(sid);
    if (found === undefined) throw new NotFound(`No recording ${sid} at the simulated carrier`);
    if (extension === 'json') {
      return describeRecording(account, found.info, {
        isReady: faultBook.next(sid, 'media') !== 'not_ready',
      });
    }
    const fault = faultBook.take(sid, 'media');
    return fails(fault, reply) ? reply : sendMedia(reply, found.wav, fault);
  });

  app.delete(`${account}/Recordings/:file`, async (request, reply) => {
    const { sid } = splitFile(recordingParams.parse(request.params).file);
    if (fails(faultBook.take(sid, 'deletion'), reply)) return reply;
    if (!(await media.delete(sid))) throw new NotFound(`No recording ${sid} at the simulated carrier`);
    return reply.code(204).send();
  });

  app.get(`${account}/Calls/:callSid/Recordings.json`, async (request, reply) => {
    const { callSid } = callParams.parse(request.params);
    if (fails(faultBook.take(callSid, 'listing'), reply)) return reply;
    const recordings = (await media.listOfCall(callSid)).map((info) =>
      describeRecording(account, info, {
        isReady: faultBook.next(info.recordingSid, 'media') !== 'not_ready',
      }),
    );
    const query = pageQuery.parse(request.query);
    return pageOf('recordings', recordings, { path: `${account}/Calls/${callSid}/Recordings.json`, query });
  });

  app.get(`${account}/Calls.json`, async (request) => {
    const { To: to, From: from, Status: status } = callsQuery.parse(request.query);
    const calls = simulator.listCalls({ to, from, status }).map((call) => describeCall(account, call));
    return pageOf('calls', calls, { path: `${account}/Calls.json`, query: pageQuery.parse(request.query) });
  });

  app.get(`${account}/Calls/:callSid`, async (request, reply) => {
    const { sid } = splitFile(callParams.parse(request.params).callSid);
    const call = simulator.findCall(sid);
    if (call === undefined) throw new NotFound(`No call ${sid} at the simulated carrier`);
    return fails(faultBook.take(sid, 'callStatus'), reply) ? reply : describeCall(account, call);
  });

  app.delete(`${account}/Calls/:callSid`, async (request, reply) => {
    const { sid } = splitFile(callParams.parse(request.params).callSid);
    const outcome = simulator.deleteCall(sid);
    if (outcome === 'unknown') throw new NotFound(`No call ${sid} at the simulated carrier`);
    if (outcome === 'in_progress') throw new Conflict(`Call ${sid} is in progress`);
    return reply.code(204).send();
  });
}

function splitFile(file: string): { sid: string; extension: string | undefined } {
  const [sid = '', extension] = file.split('.', 2);
  return { sid, extension };
}
