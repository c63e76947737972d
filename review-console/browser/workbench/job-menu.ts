import { type Choice, choose } from './dialogs/choose.ts';

export const CLOSE_CODES: readonly Choice<string>[] = [
  {
    value: 'caller_hung_up',
    label: 'Caller hung up',
    note: 'Nothing usable was said before the line went dead',
  },
  {
    value: 'continuation',
    label: 'Continuation',
    note: 'It goes on with another dictation of this speaker: you are asked for its number',
  },
  { value: 'not_a_report', label: 'Not a report', note: 'A wrong number, a private talk, a pocket call' },
  { value: 'foreign_language', label: 'Foreign language', note: 'Not a language that we transcribe' },
  { value: 'test', label: 'Test', note: 'Somebody tried the line' },
];

/** Stands for a reason that names a language. */
export const OTHER_LANGUAGE = 'another language';

const RELEASE_REASONS: readonly Choice<string>[] = [
  { value: 'End of shift', label: 'End of shift' },
  { value: 'Can not understand the speaker', label: 'Can not understand the speaker' },
  { value: 'Bad line', label: 'Bad line' },
  { value: OTHER_LANGUAGE, label: 'It is in another language', note: 'It goes to who types that language' },
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

/** Languages by their names, the usual ones first; null: none chosen. */
export async function askLanguage(): Promise<{ code: string; name: string } | null> {
  const names = new Intl.DisplayNames('en', { type: 'language' });
  const codes = ['es', 'en', 'fr', 'pt', 'de', 'zh', 'vi', 'ko', 'tl', 'ar', 'ru', 'ja', 'it', 'pl', 'hi'];
  const chosen = await choose({
    title: 'Which language is it in?',
    choices: codes.map((code): Choice<string> => ({ value: code, label: names.of(code) ?? code })),
  });
  const code = chosen?.[0];
  return code ? { code, name: names.of(code) ?? code } : null;
}

export async function askCloseCode(): Promise<string | null> {
  const chosen = await choose({ title: 'Close without a transcript: why?', choices: CLOSE_CODES });
  return chosen?.[0] ?? null;
}

/** One line of the menu. */
export interface MenuItem {
  label: string;
  note?: string;
  run(): unknown;
}

export async function askMenu(items: readonly MenuItem[]): Promise<void> {
  const chosen = await choose({
    title: 'What do you want to do?',
    choices: items.map(
      (item): Choice<MenuItem> => ({ value: item, label: item.label, ...(item.note && { note: item.note }) }),
    ),
  });
  await chosen?.[0]?.run();
}
