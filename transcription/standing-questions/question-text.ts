/** A rep hears it at the wheel, before each report: longer is not taken in. */
export const MOST_WORDS = 8;
const MOST_LETTERS = 100;

export type QuestionText = { ok: true; text: string } | { ok: false; fault: string };

/** What a manager typed, as it will be spoken, or what is wrong with it in words for the manager. Pure. */
export function readQuestionText(typed: string): QuestionText {
  const text = typed.replace(/\s+/g, ' ').trim();
  const words = countWords(text);
  if (words === 0) return { ok: false, fault: 'Write the question, in at most eight words.' };
  if (words > MOST_WORDS) {
    return {
      ok: false,
      fault: `That is ${words} words. A question is spoken before a report, so say it in at most eight.`,
    };
  }
  if (text.length > MOST_LETTERS)
    return { ok: false, fault: 'Use shorter words: at most 100 letters in all.' };
  return { ok: true, text: /[.?!]$/.test(text) ? text : `${text}?` };
}

/** Words as they are spoken: what holds a letter or a digit. "Follow-up" is one, "price / terms" are two. */
export function countWords(text: string): number {
  return text.split(' ').filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
}
