import { type Choice, choose } from './dialogs/choose.ts';

export const CLOSE_CODES: readonly Choice<string>[] = [
  {
    value: 'caller_hung_up',
    label: 'Caller hung up',
    note: 'Nothing usable was said before the line went dead',
  },
  { value: 'not_a_report', label: 'Not a report', note: 'A wrong number, a private talk, a pocket call' },
  { value: 'foreign_language', label: 'Foreign language', note: 'Not a language that we transcribe' },
  { value: 'test', label: 'Test', note: 'Somebody tried the line' },
];

const RELEASE_REASONS: readonly Choice<string>[] = [
  { value: 'End of shift', label: 'End of shift' },
  { value: 'Can not understand the speaker', label: 'Can not understand the speaker' },
  { value: 'Bad line', label: 'Bad line' },
  { value: 'I know the speaker or the customer', label: 'I know the speaker or the customer' },
];

/** Why the job goes back to the queue; null: it doesn't. Anything typed is a reason. */
export async function askReleaseReason(): Promise<string | null> {
  const chosen = await choose({
    title: 'Back to the queue: why?',
    choices: RELEASE_REASONS,
    make: { label: (typed) => typed, value: (typed) => typed },
  });
  return chosen?.[0] ?? null;
}

export async function askCloseCode(): Promise<string | null> {
  const chosen = await choose({ title: 'Close without a transcript: why?', choices: CLOSE_CODES });
  return chosen?.[0] ?? null;
}

export type MenuCommand = 'hold' | 'release' | 'close' | 'back-step' | 'aside' | 'keys' | 'queue';

/** `waits`: the speaker has been asked about something. */
export async function askMenu(asideCount: number, waits: boolean): Promise<MenuCommand | null> {
  const choices: Choice<MenuCommand>[] = [
    {
      value: 'release',
      label: 'Release',
      note: 'Back to the queue, with a reason; the draft stays with the job',
    },
    {
      value: 'close',
      label: 'Close without a transcript',
      note: 'Caller hung up, not a report, foreign language, test',
    },
    { value: 'back-step', label: 'Step back on resume' },
    { value: 'keys', label: 'Keys' },
    { value: 'queue', label: 'To the queue', note: 'The job stays yours' },
  ];
  if (waits)
    choices.splice(1, 0, {
      value: 'hold',
      label: 'Put on hold',
      note: 'Until the speaker has answered; then it goes to whoever is free',
    });
  if (asideCount > 0)
    choices.push({
      value: 'aside',
      label: `Texts put aside (${asideCount})`,
      note: 'Versions that were not chosen',
    });
  return (await choose({ title: 'What do you want to do?', choices }))?.[0] ?? null;
}
