import { ask } from '../dialogs/ask.ts';
import { type Choice, choose } from '../dialogs/choose.ts';
import type { Keys } from '../keys/keys.ts';
import type { Doubt } from '../wire.ts';
import type { DoubtAct } from './doubts-panel.ts';
import { KINDS, stateWords } from './words.ts';

export interface AskedMark {
  kind: Doubt['kind'];
  note: string;
  askSpeaker: boolean;
}

/** What is unclear about it, and whether the speaker is asked; null: it is not marked. */
export async function askMark(words: string, isPoint: boolean): Promise<AskedMark | null> {
  const answer = await ask(`Unclear: ${words}`, [
    {
      name: 'kind',
      label: 'What is unclear',
      kind: 'select',
      value: isPoint ? 'inaudible' : 'unsure_word',
      options: Object.entries(KINDS),
    },
    {
      name: 'then',
      label: 'And then',
      kind: 'select',
      value: 'keep',
      options: [
        ['keep', 'Keep it marked'],
        ['ask', 'Ask the speaker at the next call'],
      ],
    },
    { name: 'note', label: 'Note (for who types, may stay empty)', kind: 'text', value: '' },
  ]);
  if (answer === null || answer === 'remove') return null;
  const kind = Object.keys(KINDS).find((key) => key === answer.kind) as Doubt['kind'] | undefined;
  if (!kind) return null;
  return { kind, note: answer.note?.trim() ?? '', askSpeaker: answer.then === 'ask' };
}

/** What to do about a passage that is marked already. */
export async function askAct(words: string, doubt: Doubt, keys: Keys): Promise<DoubtAct | null> {
  const { state, answers } = doubt;
  const choices: Choice<DoubtAct>[] = [];
  if (answers.length > 0)
    choices.push({ value: 'listen', label: 'Hear the answer', note: keys.label('hear-answer') });
  choices.push({ value: 'go', label: 'Hear the passage', note: 'With two seconds around it' });
  choices.push({ value: 'slower', label: 'Hear it slower' });
  if (state !== 'asked')
    choices.push({
      value: 'ask',
      label: state === 'marked' ? 'Ask the speaker' : 'Ask the speaker again',
      note: 'Heard at the next call',
    });
  if (state !== 'resolved') choices.push({ value: 'resolve', label: 'Settled', note: 'It is clear now' });
  if (state === 'marked') choices.push({ value: 'remove', label: 'Remove the mark' });
  const title = `${words}: ${stateWords(doubt).toLowerCase()}`;
  return (await choose({ title, choices }))?.[0] ?? null;
}

export type UnclearChoice = 'finish' | 'hold' | 'back';

/** There are open passages and somebody wants to finish. */
export async function askUnclear(open: readonly Doubt[]): Promise<UnclearChoice> {
  const waits = open.filter(({ state }) => state === 'asked').length;
  const many = open.length === 1 ? 'One passage is' : `${open.length} passages are`;
  const choices: Choice<UnclearChoice>[] = [
    {
      value: 'finish',
      label: 'Finish all the same',
      note: 'Readers see what is unclear; an answer that comes later corrects the report',
    },
    { value: 'back', label: 'Back to the work' },
  ];
  if (waits > 0)
    choices.push({
      value: 'hold',
      label: 'Put it on hold',
      note: 'Until the speaker has answered, or until shortly before it is due; then it goes to whoever is free',
    });
  return (await choose({ title: `${many} still unclear`, choices }))?.[0] ?? 'back';
}
