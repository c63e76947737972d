/** Splits a transcript into thought units: contiguous, in order, punctuation with the unit on its left. */

import { type Token, tokenize } from '../tokens.ts';
import { findVerbs } from '../verbs.ts';
import { type BreakModel, findBreaks } from './find-breaks.ts';
import { sentenceEnds } from './sentence-boundaries.ts';

export interface UnitSpan {
  text: string;
  start: number;
  end: number;
  para: boolean;
  /** Index of the unit's first token and of the one after its last. */
  fromToken: number;
  toToken: number;
}

/**
 * @param tokens of the same transcript; computed when left out
 * @param model the shipped one when left out
 */
export function splitUnits(
  transcript: string,
  tokens: readonly Token[] = tokenize(transcript),
  model?: BreakModel,
): UnitSpan[] {
  const starts: number[] = [];
  let from = 0;
  for (const end of sentenceEnds(tokens)) {
    const sentence = tokens.slice(from, end + 1);
    starts.push(from);
    for (const at of findBreaks({ tokens: sentence, verbs: findVerbs(sentence) }, from === 0, model))
      starts.push(from + at);
    from = end + 1;
  }
  return spansOf(transcript, tokens, starts);
}

/** The units that begin with the given tokens. */
export function spansOf(transcript: string, tokens: readonly Token[], starts: readonly number[]): UnitSpan[] {
  return starts.map((fromToken, n) =>
    toSpan(transcript, tokens, fromToken, starts[n + 1] ?? tokens.length, n === 0),
  );
}

function toSpan(
  transcript: string,
  tokens: readonly Token[],
  fromToken: number,
  toToken: number,
  first: boolean,
): UnitSpan {
  const start = first
    ? transcript.length - transcript.trimStart().length
    : breakBefore(transcript, tokens, fromToken);
  const end =
    toToken >= tokens.length
      ? transcript.trimEnd().length
      : trimmedEnd(transcript, breakBefore(transcript, tokens, toToken));
  const gap = tokens[fromToken - 1]?.gap ?? '';
  return { text: transcript.slice(start, end), start, end, para: /\n\s*\n/.test(gap), fromToken, toToken };
}

/** Where the unit that begins with a token begins: after the white space, before its opening quotation mark. */
function breakBefore(transcript: string, tokens: readonly Token[], index: number): number {
  const token = tokens[index];
  const previous = tokens[index - 1];
  if (!token || !previous) return 0;
  const gap = transcript.slice(previous.end, token.start);
  const space = /\s+/.exec(gap);
  return space ? previous.end + space.index + space[0].length : token.start;
}

function trimmedEnd(transcript: string, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(transcript[at - 1] ?? '')) at--;
  return at;
}
