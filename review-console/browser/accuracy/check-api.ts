import { csrfToken } from '../dom.ts';

/** A check as `/api/v1/accuracy/checks/:id` gives it; what this page reads of it. */
export interface Check {
  id: string;
  status: 'sampled' | 'typing' | 'to_settle' | 'settled' | 'dropped';
  revision: number;
  dictationId: string;
  startedAt: string;
  speaker: string | null;
  line: string;
  first: string;
  second: string;
  differences: Difference[];
}

export type Verdict = 'first' | 'second' | 'another' | 'both';

export interface Difference {
  id: string;
  first: Place;
  second: Place;
  audioMs: number | null;
  audioEndMs: number | null;
  critical: boolean;
  criticalReason: string | null;
  verdict: Verdict | null;
  settledText: string | null;
}

export interface Place {
  start: number;
  end: number;
  text: string;
}

/** Throws an Error with words for the person. */
async function ask(method: string, path: string, body?: object): Promise<unknown> {
  const response = await fetch(`/api/v1/accuracy/checks/${path}`, {
    method,
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken() },
    ...(body && { body: JSON.stringify(body) }),
  }).catch(() => {
    throw new Error('The server can’t be reached. Nothing was lost; try again.');
  });
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  const { error } = (answer ?? {}) as { error?: { message?: string } };
  throw new Error(error?.message ?? 'That did not work. Try again.');
}

export const readCheck = (id: string) => ask('GET', id) as Promise<Check>;

export const decide = (
  id: string,
  differenceId: string,
  body: { verdict: Verdict | null; words?: string; critical?: boolean },
) => ask('PUT', `${id}/differences/${differenceId}`, body) as Promise<Check>;

export const settle = (id: string, revision: number) => ask('POST', `${id}/settle`, { revision });
