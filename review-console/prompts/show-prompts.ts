import type { PieceToShow, PromptToShow } from './prompts-service.ts';

/** Which prompts are looked at. */
export const STATES = {
  all: 'All',
  voice: 'Spoken by a voice',
  recorded: 'Recorded',
  outdated: 'Text has changed',
} as const;

export type State = keyof typeof STATES;

const GROUPS: Readonly<Record<string, { title: string; about: string }>> = {
  login: { title: 'Log-in', about: 'Who calls.' },
  dictating: { title: 'Dictating', about: 'While a report, a contribution or an answer is recorded.' },
  report: { title: 'Reports', about: 'Before and after a report: replies, questions, briefings.' },
  survey: { title: 'Survey', about: 'The anonymous line.' },
  proposal: { title: 'Proposal', about: 'Sections, and what contributors say in them.' },
  keys: {
    title: 'Keys and digits',
    about: 'Played where a prompt names a key or a number digit by digit, once all of those are recorded.',
  },
  trouble: { title: 'Trouble', about: 'When a line can’t do what it is for.' },
};

const LEADING = /^[^\p{L}\p{N}¿¡]+/u;

type WordsPiece = Extract<PieceToShow, { kind: 'words' }>;

export interface PromptGroupToShow {
  key: string;
  title: string;
  about: string;
  prompts: (PromptToShow & {
    label: string;
    text: string;
    /** `shown`: without what the value before it leaves behind, a comma or a full stop. */
    words: (WordsPiece & { shown: string })[];
    /** It is one piece of words. */
    isWhole: boolean;
    /** There is nothing to explain about its recording. */
    fitsOneRow: boolean;
  })[];
}

export interface Tally {
  prompts: number;
  /** Pieces of words. */
  pieces: number;
  recorded: number;
  outdated: number;
}

/** The prompts that a search and a filter leave, by group, with what is left in all of them counted. Pure. */
export function groupPrompts(
  prompts: readonly PromptToShow[],
  { q, state }: { q: string; state: State },
): PromptGroupToShow[] {
  const wanted = q.toLowerCase();
  const shown = prompts
    .map((prompt) => {
      const words = wordsOf(prompt);
      return {
        ...prompt,
        label: prompt.id.replaceAll('_', ' '),
        text: prompt.pieces.map((piece) => (piece.kind === 'words' ? piece.text : piece.example)).join(''),
        words: words.map((piece) => ({ ...piece, shown: piece.text.replace(LEADING, '').trim() })),
        isWhole: isWhole(prompt),
        fitsOneRow: isWhole(prompt) && words.every((piece) => stateOf(piece) !== 'outdated'),
      };
    })
    .filter(({ label, text }) => `${label}\n${text}`.toLowerCase().includes(wanted))
    .filter(({ words }) => state === 'all' || words.some((piece) => stateOf(piece) === state));
  const keys = new Set(shown.map(({ group }) => group));
  return [...keys].map((key) => ({
    key,
    ...(GROUPS[key] ?? { title: key, about: '' }),
    prompts: shown.filter(({ group }) => group === key),
  }));
}

/** How much of a language is recorded. Pure. */
export function tallyPrompts(prompts: readonly PromptToShow[]): Tally {
  const words = prompts.flatMap((prompt) => wordsOf(prompt).map(stateOf));
  return {
    prompts: prompts.length,
    pieces: words.length,
    recorded: words.filter((state) => state === 'recorded').length,
    outdated: words.filter((state) => state === 'outdated').length,
  };
}

function isWhole({ pieces }: PromptToShow): boolean {
  return pieces.length === 1 && pieces[0]?.kind === 'words';
}

/** What can be recorded of a prompt. */
function wordsOf({ pieces }: PromptToShow): WordsPiece[] {
  return pieces.flatMap((piece) => (piece.kind === 'words' && piece.canBeRecorded ? [piece] : []));
}

function stateOf({ recording }: WordsPiece): Exclude<State, 'all'> {
  if (recording === null) return 'voice';
  return recording.isCurrent ? 'recorded' : 'outdated';
}
