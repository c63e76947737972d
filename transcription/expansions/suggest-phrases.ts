import type { Platform } from '../../platform/platform.ts';
import { findPhrases, type Phrase, proposeShortForm } from './find-phrases.ts';
import type { ExpansionRow } from './load-expansions.ts';
import { isEverydayWord } from './short-form.ts';

const LATEST_TEXTS = 150;

export interface SuggestedPhrase extends Phrase {
  /** Empty: none comes to mind. */
  shortForm: string;
}

/**
 * What a person types again and again, by their latest finished texts, with a short form for each. Answers to surveys
 * are not looked at.
 */
export async function suggestPhrases(
  { database }: Pick<Platform, 'database'>,
  userId: string,
  expansions: readonly Pick<ExpansionRow, 'shortForm' | 'text'>[],
): Promise<SuggestedPhrase[]> {
  // In: a person. Out: their latest final texts. Locks nothing.
  const { rows } = await database.pool.query<{ text: string }>(
    `select transcript.text
     from transcript
     join dictation on dictation.id = transcript.dictation_id
     join line on line.id = dictation.line_id and line.purpose <> 'survey'
     where transcript.author_id = $1 and transcript.version = 1
     order by transcript.created_at desc limit $2`,
    [userId, LATEST_TEXTS],
  );
  const known = expansions.map(({ text }) => text);
  const taken = new Set(expansions.map(({ shortForm }) => shortForm));
  return findPhrases(
    rows.map(({ text }) => text),
    { known },
  ).map((phrase) => {
    const shortForm = proposeShortForm(phrase.text, (form) => taken.has(form) || isEverydayWord(form));
    taken.add(shortForm);
    return { ...phrase, shortForm };
  });
}
