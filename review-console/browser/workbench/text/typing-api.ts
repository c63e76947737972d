import type { TypingSwitches } from '../../../../transcription/expansions/typing-switches.ts';

/** What GET /api/v1/typing-help answers. */
export interface TypingHelp {
  expansions: { id: string; shortForm: string; text: string; isCompany: boolean }[];
  words: string[];
  switches: TypingSwitches;
  guide: { version: number; rulesOff: string[] };
  mayCompany: boolean;
}

/** What GET /api/v1/style-guide answers. */
export interface GuideAnswer {
  version: number;
  text: string;
  rules: { key: string; title: string; section: string; isOn: boolean }[];
}

export interface TypingApi {
  load(): Promise<TypingHelp>;
  loadGuide(): Promise<GuideAnswer>;
  putExpansion(typed: {
    shortForm: string;
    text: string;
    isCompany: boolean;
  }): Promise<TypingHelp['expansions'][number]>;
  addWord(word: string, whom: 'me' | 'proposal' | 'company'): Promise<void>;
  setSwitches(switches: Partial<TypingSwitches>): Promise<void>;
  /** Totals of this sitting; nobody waits for the answer, and a page that goes away sends it still. */
  countUses(sittingId: string, uses: readonly { id: string; uses: number }[]): void;
}

/** The words of the server about a request that it refused, or that there is no server. */
export class TypingTrouble extends Error {}

/** The endpoints of what helps to type. @throws TypingTrouble with words for the person */
export function createTypingApi(csrfToken: () => string): TypingApi {
  const headers = () => ({ 'content-type': 'application/json', 'x-csrf-token': csrfToken() });

  async function call<T>(method: string, path: string, body?: object): Promise<T> {
    let response: Response;
    try {
      response = await fetch(`/api/v1${path}`, {
        method,
        headers: body ? headers() : { accept: 'application/json' },
        body: body ? JSON.stringify(body) : null,
        signal: AbortSignal.timeout(10_000),
      });
    } catch (cause) {
      throw new TypingTrouble('The server is not reachable right now. Try again.', { cause });
    }
    if (response.status === 204) return null as T;
    const answer: unknown = await response.json().catch(() => null);
    if (response.ok) return answer as T;
    const told = (answer as { error?: { message?: string } } | null)?.error?.message;
    throw new TypingTrouble(told ?? 'Something went wrong. Try again.');
  }

  return {
    load: () => call('GET', '/typing-help'),
    loadGuide: () => call('GET', '/style-guide'),
    putExpansion: (typed) => call('PUT', '/expansions', typed),
    addWord: (word, whom) => call('POST', '/spelling-words', { word, for: whom }),
    setSwitches: (switches) => call('PUT', '/typing-help/switches', switches),
    countUses(sittingId, uses) {
      const body = JSON.stringify({ sittingId, uses });
      void fetch('/api/v1/expansions/uses', {
        method: 'POST',
        headers: headers(),
        body,
        keepalive: true,
      }).catch(() => undefined);
    },
  };
}

/** Nothing of it: as long as the server has not answered, or when it can't. */
export const NO_HELP: TypingHelp = {
  expansions: [],
  words: [],
  switches: {
    expansions: false,
    fullStop: false,
    capitals: false,
    punctuation: false,
    dashes: false,
    spelling: false,
    houseStyle: false,
  },
  guide: { version: 0, rulesOff: [] },
  mayCompany: false,
};
