export interface PossibleTypist {
  id: string;
  name: string;
  atWork: boolean;
}

export type ChangeDue =
  | { kind: 'at'; dueAt: string }
  | { kind: 'class'; turnaroundClassId: string }
  | { kind: 'usual' };

export interface Pausable {
  kind: 'job' | 'line' | 'person';
  id: string;
}

export type Continued = 'joined' | 'linked';

/** What supervisors do, and how a job is left, as functions over /api/v1. Each throws an Error in the server's words. */
export interface QueueApi {
  whoMayTake(jobId: string): Promise<PossibleTypist[]>;
  reassign(jobId: string, toUserId: string | null, note: string): Promise<void>;
  changeDue(jobId: string, change: ChangeDue): Promise<void>;
  pause(what: Pausable, reason: string): Promise<void>;
  resume(what: Pausable): Promise<void>;
  handOver(jobId: string, leaseToken: string, toUserId: string, note: string): Promise<void>;
  holdUntil(jobId: string, leaseToken: string, until: Date, reason: string): Promise<void>;
  /** It is spoken in another language: back to the queue for who types that. */
  releaseIn(jobId: string, leaseToken: string, language: string, reason: string): Promise<void>;
  /** Null: closed. Else what became of a continuation. */
  closeAs(
    jobId: string,
    leaseToken: string,
    code: string,
    continues: string | null,
  ): Promise<Continued | null>;
  /** This page is open: whoever looks at it is at work. */
  seen(): Promise<void>;
}

export function createQueueApi(csrfToken: string): QueueApi {
  async function call<T>(method: 'GET' | 'POST', path: string, body: object = {}): Promise<T> {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrfToken },
      body: method === 'GET' ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 204) return undefined as T;
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer as T;
    const told = (answer as { error?: { message?: string } } | null)?.error?.message;
    throw new Error(told ?? 'That did not work. Try again.');
  }
  return {
    whoMayTake: async (jobId) =>
      (await call<{ people: PossibleTypist[] }>('GET', `/jobs/${jobId}/people`)).people,
    reassign: (jobId, toUserId, note) => call('POST', `/jobs/${jobId}/reassign`, { toUserId, note }),
    changeDue: (jobId, change) => call('POST', `/jobs/${jobId}/due`, change),
    pause: (what, reason) => call('POST', '/queue/pause', { ...what, reason }),
    resume: (what) => call('POST', '/queue/resume', what),
    handOver: (jobId, leaseToken, toUserId, note) =>
      call('POST', `/jobs/${jobId}/hand-over`, { leaseToken, toUserId, note }),
    holdUntil: (jobId, leaseToken, until, reason) =>
      call('POST', `/jobs/${jobId}/hold`, { leaseToken, until: until.toISOString(), reason }),
    releaseIn: (jobId, leaseToken, language, reason) =>
      call('POST', `/jobs/${jobId}/release`, { leaseToken, language, reason }),
    async closeAs(jobId, leaseToken, code, continues) {
      const body = { leaseToken, code, ...(continues !== null && { continues }) };
      const answer = await call<{ continued: Continued } | undefined>('POST', `/jobs/${jobId}/close`, body);
      return answer?.continued ?? null;
    },
    seen: () => call('POST', '/queue/seen'),
  };
}
