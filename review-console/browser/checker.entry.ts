import type { Spelling } from 'nspell';
import { findChanges } from '../../transcription/house-style/house-style.ts';
import {
  createKnownWords,
  findMisspellings,
  type KnownWords,
} from './workbench/text/checking/misspellings.ts';
import { openDictionary } from './workbench/text/checking/open-dictionary.ts';
import type { Answer, Ask } from './workbench/text/checking/wire.ts';

/** The worker beside the workbench: spelling and house style, line by line, away from the typing. */
const scope = globalThis as unknown as {
  postMessage(answer: Answer): void;
  addEventListener(type: 'message', listen: (event: MessageEvent<Ask>) => void): void;
};

interface Started {
  ask: Extract<Ask, { kind: 'start' }>;
  known: KnownWords;
  spelling: Spelling | null;
}

let started: Promise<Started> | null = null;
/** Words that were looked up: asking again costs nothing. */
const verdicts = new Map<string, boolean>();

async function load(): Promise<Spelling> {
  const answer = await fetch('/assets/dictionary-en.words');
  if (!answer.ok) throw new Error(`the dictionary can not be loaded: ${answer.status}`);
  return openDictionary(await answer.text());
}

async function start(ask: Started['ask']): Promise<Started> {
  const spelling = ask.spelling
    ? await load().catch(() => {
        scope.postMessage({ kind: 'no-dictionary' });
        return null;
      })
    : null;
  // Few names have anything in them that a rule would change, and only those need to be looked for.
  const names = ask.names.filter((name) => findChanges(`a ${name} a`).length > 0);
  return { ask: { ...ask, names }, known: createKnownWords(ask.words), spelling };
}

function lookUp(spelling: Spelling, word: string): boolean {
  const known = verdicts.get(word);
  if (known !== undefined) return known;
  const verdict = spelling.correct(word);
  verdicts.set(word, verdict);
  return verdict;
}

scope.addEventListener('message', async ({ data }) => {
  if (data.kind === 'start') {
    started = start(data);
    return;
  }
  const state = await started;
  if (!state) return;
  const { ask, known, spelling } = state;
  if (data.kind === 'add') {
    known.add(data.word);
  } else if (data.kind === 'suggest') {
    scope.postMessage({ kind: 'suggested', id: data.id, words: spelling?.suggest(data.word) ?? [] });
  } else {
    const { rulesOff: off, names } = ask;
    scope.postMessage({
      kind: 'checked',
      id: data.id,
      reports: data.lines.map((line) => ({
        misspellings: spelling
          ? findMisspellings(line, { correct: (word) => lookUp(spelling, word) }, known)
          : [],
        changes: ask.houseStyle ? findChanges(line, { off, names }) : [],
      })),
    });
  }
});
