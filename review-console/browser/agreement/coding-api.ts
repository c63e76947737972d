import type { CodedUnit } from './coding.ts';

/** A refusal in the server's words. */
export class Refused extends Error {}

export interface Work {
  codingId: string;
  claimToken: string;
  reference: string;
  dictationId: string;
  text: string;
  places: [number, number][];
  durationMs: number | null;
  revision: number;
  units: CodedUnit[];
}

export interface CodeEntry {
  key: string;
  label: string;
  definition: string;
  parentKey: string | null;
}

interface Save {
  claimToken: string;
  revision: number;
  units: CodedUnit[];
}

export interface CodingApi {
  load(codingId: string): Promise<Work>;
  loadCodes(): Promise<CodeEntry[]>;
  save(codingId: string, save: Save): Promise<{ revision: number }>;
  finish(codingId: string, save: Save): Promise<{ revision: number }>;
  leave(codingId: string, claimToken: string): Promise<void>;
}

/** The endpoints of second codings. What the network breaks rejects as it comes; a refusal as `Refused`. */
export function createCodingApi(csrfToken: string): CodingApi {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'x-csrf-token': csrfToken,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(10_000),
    });
    if (response.status === 204) return null as T;
    if (response.status >= 500) throw new Error('the server is not ready');
    const answer = (await response.json()) as T & { error?: { message?: string } };
    if (!response.ok) throw new Refused(answer.error?.message ?? 'That was refused. Load the page again.');
    return answer;
  }
  return {
    load: (codingId) => call('GET', `/codings/${codingId}`),
    loadCodes: async () => (await call<{ codes: CodeEntry[] }>('GET', '/codebook')).codes,
    save: (codingId, save) => call('PUT', `/codings/${codingId}`, save),
    finish: (codingId, save) => call('POST', `/codings/${codingId}/finish`, save),
    leave: (codingId, claimToken) => call('POST', `/codings/${codingId}/leave`, { claimToken }),
  };
}
