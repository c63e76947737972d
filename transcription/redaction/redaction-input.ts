import { z } from 'zod';
import { InvalidInput } from '../../platform/errors.ts';
import { LABELS } from './labels.ts';
import type { Phrase } from './text/phrases.ts';
import { findPhrase } from './text/phrases.ts';
import { joinPlaces, replacePlaces, type TextPlace } from './text/replace-spans.ts';

const offset = z.number().int().min(0);

export const placeInput = z
  .object({
    start: offset,
    end: offset,
    label: z.enum(LABELS).default('redacted'),
    /** Where it is said, in ms of the dictation's audio; null where there is no audio, or it is not said in it. */
    audio: z
      .object({ startMs: z.number().min(0), endMs: z.number().min(0) })
      .refine(({ startMs, endMs }) => endMs > startMs, { message: 'A piece of audio ends behind its start.' })
      .nullable(),
  })
  .refine(({ start, end }) => end > start, { message: 'A passage ends behind its start.' });

export const redactionInput = z.object({
  /** Made by the sender: sent again, nothing happens twice. */
  id: z.uuid(),
  mask: z.enum(['tone', 'silence']).default('tone'),
  /** Of the text as the sender saw it. */
  textLength: offset,
  places: z.array(placeInput).min(1).max(500),
});
export type RedactionInput = z.infer<typeof redactionInput>;

const IN_WORD = /[\p{L}\p{N}\p{M}'’]/u;

/** A passage to the ends of the words that it touches: half a name is a name. Pure. */
export function widenToWords<P extends { start: number; end: number }>(text: string, place: P): P {
  let { start, end } = place;
  while (start < end && /\s/.test(text[start] ?? '')) start += 1;
  while (end > start && /\s/.test(text[end - 1] ?? '')) end -= 1;
  const joins = (at: number) => IN_WORD.test(text[at - 1] ?? '') && IN_WORD.test(text[at] ?? '');
  while (start > 0 && joins(start)) start -= 1;
  while (end < text.length && joins(end)) end += 1;
  return { ...place, start, end };
}

export interface PlannedRedaction {
  places: TextPlace[];
  /** What must not stand anywhere else; what the person left elsewhere in this text is not among it. */
  phrases: Phrase[];
  redacted: string;
}

/**
 * What is taken out of a text. Pure but for its error.
 * @throws InvalidInput a passage lies outside of the text, or the text is another one by now
 */
export function planRedaction(text: string, { places, textLength }: RedactionInput): PlannedRedaction {
  if (textLength !== text.length || places.some(({ end }) => end > text.length)) {
    throw new InvalidInput(`The text has ${text.length} characters, not ${textLength}`, {
      userMessage: 'The text has changed since you opened it. Open it again and mark the passage anew.',
    });
  }
  const joined = joinPlaces(
    places.map(({ start, end, label }) => widenToWords(text, { start, end, label })),
    text,
  );
  if (joined.length === 0) {
    throw new InvalidInput('Nothing but spaces to be redacted', {
      userMessage: 'Mark the words that are to go.',
    });
  }
  const redacted = replacePlaces(text, joined);
  const taken = joined.flatMap(({ start, end, label }): Phrase[] => {
    const words = text.slice(start, end);
    return [words, ...namesIn(words)].map((each) => ({ words: each, label }));
  });
  const phrases = taken.filter(
    ({ words }, at) =>
      taken.findIndex((other) => other.words === words) === at && findPhrase(redacted, words).length === 0,
  );
  return { places: joined, phrases, redacted };
}

/** Of "Dana Kowalski" somebody else may have written "Kowalski" only. */
function namesIn(words: string): string[] {
  const names = words.match(/\p{Lu}[\p{L}\p{M}]{2,}/gu) ?? [];
  return names.filter((name) => !NO_NAMES.has(name.toLowerCase()));
}

/** Words that begin a sentence and say nothing of it. */
const NO_NAMES = new Set(
  (
    'and are but can did for from had has have her here his how its let may mine not now off one our out she some ' +
    'such than that the their them then there these they this those was were what when where which who why will ' +
    'with would you your los las del con por para que mrs dr account number'
  ).split(' '),
);
