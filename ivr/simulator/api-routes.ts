import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { sameToken } from '../../platform/auth/token.ts';
import type { Config } from '../../platform/config.ts';
import { NotFound, Unauthenticated } from '../../platform/errors.ts';
import type { StoredRecording } from './media-store.ts';
import type { Simulator } from './simulator.ts';

const recordingParams = z.object({ file: z.string() });
const callParams = z.object({ callSid: z.string() });

/** The part of the carrier's REST API that we use, with its basic authentication. */
export async function apiRoutes(
  app: FastifyInstance,
  {
    simulator,
    carrier,
  }: { simulator: Simulator; carrier: Pick<Config['carrier'], 'accountSid' | 'authToken'> },
): Promise<void> {
  const { accountSid, authToken } = carrier;
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const credentials = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

  app.addHook('onRequest', async (request) => {
    if (!sameToken(request.headers.authorization ?? '', credentials)) {
      throw new Unauthenticated('Request to the simulated carrier without its credentials');
    }
  });

  app.get(`${account}/Recordings/:file`, async (request, reply) => {
    const { sid, extension } = splitFile(recordingParams.parse(request.params).file);
    const found = await simulator.media.read(sid);
    if (found === undefined) throw new NotFound(`No recording ${sid} at the simulated carrier`);
    if (extension === 'json') return describe(account, found.info);
    return reply.type('audio/x-wav').send(found.wav);
  });

  app.delete(`${account}/Recordings/:file`, async (request, reply) => {
    const { sid } = splitFile(recordingParams.parse(request.params).file);
    if (!(await simulator.media.delete(sid)))
      throw new NotFound(`No recording ${sid} at the simulated carrier`);
    return reply.code(204).send();
  });

  app.get(`${account}/Calls/:callSid/Recordings.json`, async (request) => {
    const { callSid } = callParams.parse(request.params);
    const recordings = await simulator.media.listOfCall(callSid);
    return { recordings: recordings.map((info) => describe(account, info)), next_page_uri: null };
  });

  app.get(`${account}/Calls/:callSid`, async (request) => {
    const sid = callParams.parse(request.params).callSid.replace(/\.json$/, '');
    const call = simulator.findCall(sid);
    if (call === undefined) throw new NotFound(`No call ${sid} at the simulated carrier`);
    return { sid, status: call.status() };
  });
}

function splitFile(file: string): { sid: string; extension: string | undefined } {
  const [sid = '', extension] = file.split('.', 2);
  return { sid, extension };
}

function describe(account: string, { recordingSid, callSid, startedAt, seconds }: StoredRecording) {
  return {
    sid: recordingSid,
    call_sid: callSid,
    status: 'completed',
    duration: String(seconds),
    start_time: new Date(startedAt).toUTCString(),
    uri: `${account}/Recordings/${recordingSid}.json`,
  };
}
