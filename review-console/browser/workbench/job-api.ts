import { draftHash } from '../../../transcription/jobs/draft-hash.ts';
import { listSplice, spliceOf } from '../../../transcription/jobs/draft-history/change.ts';
import type { KeptMark } from '../../../transcription/jobs/draft-history/kept-mark.ts';
import type { DraftChange } from '../../../transcription/jobs/save-draft.ts';
import type { Anchor } from './audio/anchors.ts';
import type { JobHistory } from './history/history.ts';
import type { Content } from './saving/autosave.ts';
import type { AnalysisAnswer, Doubt, JobDetail, JobVocabulary, Peaks, SaveAnswer } from './wire.ts';

/** A refusal in the server's words, which say what to do. */
export class Refused extends Error {
  readonly code: string;
  readonly statusCode: number;

  constructor(statusCode: number, code: string, message: string) {
    super(message);
    this.name = 'Refused';
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** No answer: no network, no server, or none in time. */
export class Unreachable extends Error {}

const PATIENCE_MS = 10_000;

export interface Finalized {
  reportId: string;
  reference: string;
}

export interface JobApi {
  load(jobId: string): Promise<JobDetail>;
  loadVocabulary(jobId: string): Promise<JobVocabulary>;
  loadPeaks(url: string, points: number): Promise<Peaks>;
  /** Null: nothing to do. With a job id: that one, even if it was mine already (which takes it over). */
  claim(jobId?: string): Promise<JobDetail | null>;
  heartbeat(jobId: string, leaseToken: string): Promise<void>;
  /** Sends what has changed since the draft that it goes on from. */
  save(jobId: string, leaseToken: string, base: SaveBase, content: Content): Promise<SaveAnswer>;
  /** Sent while the page goes away; nobody hears the answer. */
  saveAndLeave(jobId: string, leaseToken: string, base: SaveBase, content: Content): void;
  loadHistory(jobId: string): Promise<JobHistory>;
  loadVersion(jobId: string, revision: number): Promise<OldVersion>;
  release(jobId: string, leaseToken: string, reason: string): Promise<void>;
  close(jobId: string, leaseToken: string, code: string): Promise<void>;
  analyze(jobId: string, text: string, accountId: string | null): Promise<AnalysisAnswer>;
  finalize(jobId: string, body: object): Promise<Finalized>;
  loadDoubts(jobId: string): Promise<Doubt[]>;
  markDoubt(jobId: string, leaseToken: string, mark: NewMark): Promise<Doubt>;
  /** `again`: although there is an answer. */
  askSpeaker(jobId: string, leaseToken: string, doubtId: string, again: boolean): Promise<Doubt>;
  resolveDoubt(jobId: string, leaseToken: string, doubtId: string): Promise<Doubt>;
  removeDoubt(jobId: string, leaseToken: string, doubtId: string): Promise<void>;
  hold(jobId: string, leaseToken: string): Promise<void>;
}

/** The draft that a save goes on from, as the server has it. */
export interface SaveBase {
  revision: number;
  text: string;
  anchors: readonly Anchor[];
}

interface OldVersion {
  text: string;
  anchors: Anchor[];
  marks: KeptMark[];
}

/** A passage to be marked; its id is made here, so that a request sent twice marks once. */
export type NewMark = Pick<Doubt, 'id' | 'kind' | 'start' | 'end' | 'audioMs' | 'audioEndMs'> & {
  note?: string;
};

interface ErrorBody {
  error?: { code?: string; message?: string };
  draft?: JobDetail['draft'];
}

/** Browsers keep the body of a request that outlives its page below this. */
const KEEPALIVE_LIMIT_BYTES = 60_000;

/** The HTTP endpoints under /api/v1 as functions. `csrfToken` comes with the page, and anew when a session does. */
export function createJobApi(csrfToken: () => string): JobApi {
  const headers = () => ({ 'content-type': 'application/json', 'x-csrf-token': csrfToken() });
  /** Tells this window from others in the history of a draft. */
  const windowKey = Math.random().toString(36).slice(2, 6).padEnd(4, '0');

  async function send(method: string, path: string, body?: object): Promise<Response> {
    try {
      return await fetch(path, {
        method,
        headers: body ? headers() : { accept: 'application/json', 'x-csrf-token': csrfToken() },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    } catch (cause) {
      throw new Unreachable('no answer from the server', { cause });
    }
  }

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await send(method, path, body);
    if (response.status === 204) return null as T;
    // A proxy's error page while the server restarts is no answer either.
    if (response.status >= 502 && response.status <= 504) throw new Unreachable('the server is not ready');
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer as T;
    const told = (answer as ErrorBody | null)?.error;
    throw new Refused(
      response.status,
      told?.code ?? 'internal',
      told?.message ?? 'Something went wrong. Try again.',
    );
  }

  const at = (jobId: string, rest = '') => `/api/v1/jobs/${encodeURIComponent(jobId)}${rest}`;
  const draftBody = (leaseToken: string, base: SaveBase, content: Content) => ({
    leaseToken,
    revision: base.revision,
    ...(changeOf(base, content) ?? { text: content.text, anchors: content.anchors }),
    audioPositionMs: Math.round(content.audioPositionMs),
    ...(content.review !== null && { review: content.review }),
    ...(content.marks && { marks: content.marks }),
    ...(content.restoredFrom !== undefined && { restoredFrom: content.restoredFrom }),
    windowKey,
  });

  return {
    load: (jobId) => call('GET', at(jobId)),
    loadVocabulary: (jobId) => call('GET', at(jobId, '/vocabulary')),
    loadPeaks: (url, points) => call('GET', `${url}?points=${points}`),
    claim: (jobId) => call('POST', '/api/v1/jobs/claim', jobId ? { jobId } : {}),
    heartbeat: (jobId, leaseToken) => call('POST', at(jobId, '/heartbeat'), { leaseToken }),
    async save(jobId, leaseToken, base, content) {
      try {
        const response = await send('PUT', at(jobId, '/draft'), draftBody(leaseToken, base, content));
        const answer = (await response.json().catch(() => null)) as
          | (ErrorBody & { revision?: number })
          | null;
        if (response.ok && typeof answer?.revision === 'number')
          return { kind: 'saved', revision: answer.revision };
        if (answer?.error?.code === 'lease_lost') return { kind: 'lease-lost' };
        if (answer?.error?.code === 'conflict' && answer.draft)
          return { kind: 'conflict', draft: answer.draft };
        if (response.status === 401 || response.status === 403) return { kind: 'signed-out' };
        // Too many at once, a time-out on the way: the same later goes through.
        if (response.status >= 500 || response.status === 429 || response.status === 408)
          return { kind: 'unreachable' };
        return { kind: 'refused', message: answer?.error?.message ?? 'The server did not take the text.' };
      } catch (error) {
        if (error instanceof Unreachable) return { kind: 'unreachable' };
        throw error;
      }
    },
    saveAndLeave(jobId, leaseToken, base, content) {
      const body = JSON.stringify(draftBody(leaseToken, base, content));
      // Longer ones are refused by the browser; this computer keeps them and they are sent on return.
      if (new Blob([body]).size > KEEPALIVE_LIMIT_BYTES) return;
      void fetch(at(jobId, '/draft'), { method: 'PUT', headers: headers(), body, keepalive: true }).catch(
        () => undefined,
      );
    },
    loadHistory: (jobId) => call('GET', at(jobId, '/history')),
    loadVersion: (jobId, revision) => call('GET', at(jobId, `/history/${revision}`)),
    release: (jobId, leaseToken, reason) => call('POST', at(jobId, '/release'), { leaseToken, reason }),
    close: (jobId, leaseToken, code) => call('POST', at(jobId, '/close'), { leaseToken, code }),
    analyze: (jobId, text, accountId) =>
      call('POST', at(jobId, '/analysis'), accountId ? { text, accountId } : { text }),
    finalize: (jobId, body) => call('POST', at(jobId, '/finalize'), body),
    loadDoubts: async (jobId) => (await call<{ doubts: Doubt[] }>('GET', at(jobId, '/doubts'))).doubts,
    markDoubt: (jobId, leaseToken, mark) => call('POST', at(jobId, '/doubts'), { leaseToken, ...mark }),
    askSpeaker: (jobId, leaseToken, doubtId, again) =>
      call('POST', at(jobId, `/doubts/${doubtId}/ask`), { leaseToken, again }),
    resolveDoubt: (jobId, leaseToken, doubtId) =>
      call('POST', at(jobId, `/doubts/${doubtId}/resolve`), { leaseToken }),
    removeDoubt: (jobId, leaseToken, doubtId) =>
      call('POST', at(jobId, `/doubts/${doubtId}/remove`), { leaseToken }),
    hold: (jobId, leaseToken) => call('POST', at(jobId, '/hold'), { leaseToken }),
  };
}

/** Null: a text with half a character in it, which JSON and the database would each take for something else. */
function changeOf(base: SaveBase, { text, anchors }: Content): { change: DraftChange } | null {
  if (/\p{Surrogate}/u.test(text)) return null;
  const list = (pairs: readonly Anchor[]) => pairs.map(([char, ms]): [number, number] => [char, ms]);
  const moved = listSplice(list(base.anchors), list(anchors)) ?? [0, 0, []];
  return { change: { ...spliceOf(base.text, text), anchors: moved, hash: draftHash(text, anchors) } };
}
