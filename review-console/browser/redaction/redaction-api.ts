import { csrfToken } from '../dom.ts';

export interface Passage {
  start: number;
  end: number;
}

export interface PlannedPlace extends Passage {
  audio: { startMs: number; endMs: number } | null;
}

export interface Plan {
  places: PlannedPlace[];
  values?: { field: string; display: string }[];
  /** Of a draft. */
  revision?: number;
  textLength?: number;
}

/** Said by the server, in words for the person. */
export class RedactionRefused extends Error {}

/** Sends to `/api/v1` and gives the answer. @throws RedactionRefused */
export async function post<T>(path: string, body: object): Promise<T> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrfToken() },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw new RedactionRefused('The server does not answer. Nothing was taken out; try again.', { cause });
  });
  if (response.status === 204) return null as T;
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer as T;
  const told = (answer as { error?: { message?: string } } | null)?.error?.message;
  throw new RedactionRefused(told ?? 'Something went wrong. Nothing was taken out; try again.');
}
