import type { ReviewDecision } from '../../../transcription/reports/review/review-input.ts';

/** A refusal in the server's words; sent again it would be refused again. */
export class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

type Certainty = 'suggested' | 'confirmed' | 'refused';

interface Settled {
  certainty: Certainty;
  confidence: number | null;
  evidence: string | null;
  confirmedBy: string | null;
}

export interface WireReview {
  reportId: string;
  revision: number;
  version: number;
  rights: { codes: boolean; values: boolean };
  units: {
    number: number;
    text: string;
    start: number;
    end: number;
    newParagraph: boolean;
    codes: (Settled & { code: string; label: string })[];
  }[];
  values: (Settled & {
    id: string;
    field: string;
    label: string;
    value: unknown;
    display: string;
    unit: number | null;
    startOffset: number | null;
    endOffset: number | null;
  })[];
  steps: (Settled & { id: string; owner: string; text: string; due: string | null; unit: number | null })[];
  codes: { key: string; label: string; definition: string }[];
  fields: {
    key: string;
    label: string;
    type: string;
    single: boolean;
    options: { value: string; label: string }[];
  }[];
  changes: { at: string; by: string | null; what: string; unit: number | null; revision: number }[];
}

export interface WireName {
  id: string;
  name: string;
  note: string;
  account: string | null;
}

export interface ReviewApi {
  load(): Promise<WireReview>;
  names(type: string): Promise<WireName[]>;
  decide(body: {
    revision: number;
    requestId: string;
    changes: readonly ReviewDecision[];
  }): Promise<{ revision: number; changed: number }>;
}

/** The endpoints of a report's review. What the network breaks rejects as it comes; a refusal as `Refused`. */
export function createReviewApi(reportId: string, csrfToken: string): ReviewApi {
  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    const response = await fetch(`/api/v1/reports/${reportId}/review${path}`, {
      method,
      headers: {
        accept: 'application/json',
        'x-csrf-token': csrfToken,
        ...(body && { 'content-type': 'application/json' }),
      },
      body: body ? JSON.stringify(body) : null,
      signal: AbortSignal.timeout(15_000),
    });
    if (response.status >= 500) throw new Error('the server is not ready');
    const answer = (await response.json()) as T & { error?: { code?: string; message?: string } };
    if (!response.ok)
      throw new Refused(
        answer.error?.code ?? 'refused',
        answer.error?.message ?? 'That was refused. Load the page again.',
      );
    return answer;
  }
  return {
    load: () => call('GET', ''),
    names: async (type) => (await call<{ names: WireName[] }>('GET', `/names/${type}`)).names,
    decide: (body) => call('POST', '', body),
  };
}
