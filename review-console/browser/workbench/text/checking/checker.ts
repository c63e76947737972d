import type { Answer, Ask, LineReport } from './wire.ts';

/** Looks through lines and finds words, in a worker; what it has seen it knows by heart. */
export interface Checker {
  /** What is known of a line already. */
  known(line: string): LineReport | undefined;
  /** Checks those lines that are not known; resolves when all are. Forgets lines that are not among them. */
  check(lines: readonly string[]): Promise<void>;
  suggest(word: string): Promise<string[]>;
  /** Right from now on; what it is wrong in is looked at again. */
  add(word: string): void;
  /** How many lines were sent to be checked. */
  readonly sent: number;
}

export type CheckerStart = Extract<Ask, { kind: 'start' }>;

/** Both parts off: no worker at all. */
export function createChecker(start: CheckerStart, onTrouble: () => void): Checker {
  const reports = new Map<string, LineReport>();
  const waiting = new Map<number, (answer: Answer) => void>();
  let ids = 0;
  let sent = 0;
  let worker: Worker | null = null;

  function open(): Worker {
    const made = new Worker('/assets/checker.js', { type: 'module' });
    made.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
      if (data.kind === 'no-dictionary') return onTrouble();
      waiting.get(data.id)?.(data);
      waiting.delete(data.id);
    });
    made.addEventListener('error', onTrouble);
    made.postMessage(start);
    return made;
  }

  function ask(make: (id: number) => Ask): Promise<Answer> {
    ids += 1;
    const id = ids;
    worker ??= open();
    const answer = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    worker.postMessage(make(id));
    return answer;
  }

  return {
    known: (line) => reports.get(line),
    get sent() {
      return sent;
    },
    async check(all) {
      const present = new Set(all);
      for (const line of reports.keys()) if (!present.has(line)) reports.delete(line);
      const lines = [...present].filter((line) => line.trim() !== '' && !reports.has(line));
      if (lines.length === 0 || !(start.spelling || start.houseStyle)) return;
      sent += lines.length;
      const answer = await ask((id) => ({ kind: 'check', id, lines }));
      if (answer.kind !== 'checked') return;
      lines.forEach((line, index) => {
        const report = answer.reports[index];
        if (report) reports.set(line, report);
      });
    },
    async suggest(word) {
      const answer = await ask((id) => ({ kind: 'suggest', id, word }));
      return answer.kind === 'suggested' ? answer.words : [];
    },
    add(word) {
      worker?.postMessage({ kind: 'add', word } satisfies Ask);
      for (const [line, report] of reports)
        if (report.misspellings.some((one) => one.word === word)) reports.delete(line);
    },
  };
}
