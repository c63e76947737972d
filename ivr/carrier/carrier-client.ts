import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { z } from 'zod';
import type { Config } from '../../platform/config.ts';
import { NotFound, Unavailable } from '../../platform/errors.ts';
import type { CarrierMedia, CarrierRecording } from '../../transcription/ingest/carrier-media.ts';

export interface CarrierClient extends CarrierMedia {
  /** Status of a call in the carrier's words, null when the carrier doesn't know the call. */
  callStatus(carrierCallId: string): Promise<string | null>;
  /** Calls to a number that the carrier has a record of, the newest first; the oldest of very many are left out. */
  listCalls(to: string): Promise<CarrierCall[]>;
  /** Deletes the carrier's record of a call that is over. Gone already is success. */
  deleteCall(carrierCallId: string): Promise<void>;
}

export interface CarrierCall {
  carrierCallId: string;
  /** In the carrier's words. */
  status: string;
  startedAt: Date | null;
}

const REDIRECTS = 3;
/** For an answer to begin; how long the media then takes is the reader's business. */
const ANSWER_TIMEOUT_MS = 20_000;
const PAGES = 20;

const recordingsPage = z.object({
  recordings: z.array(
    z.object({
      sid: z.string(),
      uri: z.string(),
      duration: z.union([z.string(), z.number()]).nullish(),
      start_time: z.string().nullish(),
    }),
  ),
  next_page_uri: z.string().nullish(),
});

const callResource = z.object({ status: z.string() });

const callsPage = z.object({
  calls: z.array(z.object({ sid: z.string(), status: z.string(), start_time: z.string().nullish() })),
  next_page_uri: z.string().nullish(),
});

/**
 * The carrier's REST API. Plain fetch instead of the carrier's library: the library follows whatever address it is
 * given, while here every request, redirected ones too, stays at one origin, because it carries the credentials
 * and brings speech.
 */
export function createCarrierClient({
  accountSid,
  authToken,
  apiOrigin,
  answerTimeoutMs = ANSWER_TIMEOUT_MS,
}: Pick<Config['carrier'], 'accountSid' | 'authToken' | 'apiOrigin'> & {
  answerTimeoutMs?: number | undefined;
}): CarrierClient {
  const { origin } = new URL(apiOrigin);
  const account = `/2010-04-01/Accounts/${accountSid}`;
  const authorization = `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`;

  async function request(method: string, path: string): Promise<Response> {
    let url = inOrigin(origin, path);
    for (let redirects = 0; ; redirects += 1) {
      const response = await send(method, url);
      const location = response.headers.get('location');
      if (response.status < 300 || response.status >= 400 || location === null) return check(response);
      await response.body?.cancel();
      if (redirects === REDIRECTS) throw new Unavailable('The carrier redirects without end');
      url = inOrigin(origin, new URL(location, url).href);
    }
  }

  async function send(method: string, url: URL): Promise<Response> {
    const giveUp = new AbortController();
    const timer = setTimeout(() => giveUp.abort(), answerTimeoutMs);
    try {
      const { signal } = giveUp;
      return await fetch(url, { method, headers: { authorization }, redirect: 'manual', signal });
    } catch (cause) {
      throw new Unavailable('The carrier does not answer', { cause });
    } finally {
      clearTimeout(timer);
    }
  }

  async function readJson<T>(path: string, schema: z.ZodType<T>): Promise<T> {
    const response = await request('GET', path);
    const parsed = schema.safeParse(await response.json().catch(() => undefined));
    if (!parsed.success) throw new Unavailable('The carrier answered with something else than expected');
    return parsed.data;
  }

  /** Gone already is success. */
  async function remove(kind: 'Recordings' | 'Calls', sid: string): Promise<void> {
    try {
      const response = await request('DELETE', `${account}/${kind}/${encodeURIComponent(sid)}.json`);
      await response.body?.cancel();
    } catch (error) {
      if (!(error instanceof NotFound)) throw error;
    }
  }

  return {
    async fetchMedia(mediaPath) {
      const response = await request('GET', mediaPath);
      const length = response.headers.get('content-length');
      // An encoded body is longer once decoded; its length says nothing then.
      const isPlain = response.headers.get('content-encoding') === null;
      const stream =
        response.body === null
          ? Readable.from([])
          : Readable.fromWeb(response.body as ReadableStream<Uint8Array>);
      // The connection may break before anybody reads, and an error that nobody listens for ends the process. Whoever
      // reads finds it all the same.
      stream.on('error', () => {});
      return {
        stream,
        bytes: length !== null && isPlain ? Number(length) : null,
        contentType: response.headers.get('content-type'),
      };
    },

    deleteRecording: (carrierRecordingId) => remove('Recordings', carrierRecordingId),
    deleteCall: (carrierCallId) => remove('Calls', carrierCallId),

    async listCalls(to) {
      const found: CarrierCall[] = [];
      let path: string | null | undefined = `${account}/Calls.json?To=${encodeURIComponent(to)}`;
      for (let page = 0; path && page < PAGES; page += 1) {
        const { calls, next_page_uri }: z.infer<typeof callsPage> = await readJson(path, callsPage);
        for (const { sid, status, start_time } of calls) {
          found.push({ carrierCallId: sid, status, startedAt: toMoment(start_time) });
        }
        path = next_page_uri;
      }
      return found;
    },

    async listRecordings(carrierCallId) {
      const found: CarrierRecording[] = [];
      let path: string | null | undefined =
        `${account}/Calls/${encodeURIComponent(carrierCallId)}/Recordings.json`;
      for (let page = 0; path && page < PAGES; page += 1) {
        const { recordings, next_page_uri }: z.infer<typeof recordingsPage> = await readJson(
          path,
          recordingsPage,
        );
        for (const recording of recordings) found.push(toRecording(recording));
        path = next_page_uri;
      }
      return found;
    },

    async callStatus(carrierCallId) {
      try {
        const path = `${account}/Calls/${encodeURIComponent(carrierCallId)}.json`;
        return (await readJson(path, callResource)).status;
      } catch (error) {
        if (error instanceof NotFound) return null;
        throw error;
      }
    },
  };
}

function toRecording(row: z.infer<typeof recordingsPage>['recordings'][number]): CarrierRecording {
  const seconds = row.duration === null || row.duration === undefined ? Number.NaN : Number(row.duration);
  return {
    carrierRecordingId: row.sid,
    mediaPath: row.uri.replace(/\.json$/, ''),
    // The carrier says -1 while it doesn't know.
    durationSeconds: seconds >= 0 ? seconds : null,
    startedAt: toMoment(row.start_time),
  };
}

function toMoment(text: string | null | undefined): Date | null {
  const moment = text ? new Date(text) : null;
  return moment !== null && !Number.isNaN(moment.getTime()) ? moment : null;
}

/** @throws Unavailable when `path` leads away from the carrier */
function inOrigin(origin: string, path: string): URL {
  const url = new URL(path, origin);
  if (url.origin !== origin)
    throw new Unavailable(`The carrier's API lies at ${origin}, this leads elsewhere`);
  return url;
}

async function check(response: Response): Promise<Response> {
  if (response.ok) return response;
  await response.body?.cancel();
  if (response.status === 404 || response.status === 410) {
    throw new NotFound('The carrier does not have it');
  }
  throw new Unavailable(`The carrier answered with status ${response.status}`);
}
