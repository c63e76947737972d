/**
 * Finds the values of a company's own fields in a text that was read: at each cue the nearest thing of the field's
 * type. Pure and deterministic; every value says by which words it was found.
 */
import type { Lexicon } from '../thought-units/lexicon.ts';
import type { ConfiguredValue } from '../thought-units/types.ts';
import { displayOf } from './display-value.ts';
import { BEST_CONFIDENCE, type Cue, type FieldDefinition, readCue } from './field-definition.ts';
import { type Candidate, type Facts, findCandidates } from './find-candidates.ts';
import { type Found, findWords, isDenied } from './match-words.ts';

/** Further away from its cue than so many words a value belongs to something else. */
const REACH = 12;
/** Longest text that is taken over, in words. */
const LONGEST_TEXT = 30;

interface PreparedField extends FieldDefinition {
  prepared: Cue[];
}

const prepareField = (definition: FieldDefinition): PreparedField => ({
  ...definition,
  prepared: definition.cues.flatMap((text) => readCue(text) ?? []),
});

/** Reads a text's facts for the values of these fields, in the fields' order. */
export function createFieldFinder(
  definitions: readonly FieldDefinition[],
  lexicon: Lexicon,
): (facts: Facts) => ConfiguredValue[] {
  const fields = definitions.map(prepareField);
  return (facts) => fields.flatMap((field) => valuesOf(facts, lexicon, field));
}

interface Hit extends Candidate {
  unit: number;
  confidence: number;
  why: string;
}

function valuesOf(facts: Facts, lexicon: Lexicon, field: PreparedField): ConfiguredValue[] {
  const hits = facts.units.flatMap((_, unit) =>
    field.prepared.length > 0 ? byCues(facts, lexicon, field, unit) : anywhere(facts, lexicon, field, unit),
  );
  const kept = field.type === 'list' ? eachOnce(hits) : best(hits);
  return kept.map(({ value, unit, from, to, confidence, why, note }) => {
    const start = facts.tokens[from]?.start ?? 0;
    const end = facts.tokens[to - 1]?.end ?? start;
    return {
      field: field.key,
      label: field.label,
      value,
      display: displayOf(field.type, value),
      unit,
      span: { start, end },
      confidence: Math.round(confidence * 100) / 100,
      evidence: [`"${short(facts.transcript.slice(start, end))}" ${why}`, note].filter(Boolean).join(', '),
    };
  });
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 58)}…` : text);

/** Of several places the surest, of equally sure ones the first. */
function best(hits: readonly Hit[]): Hit[] {
  const [first] = [...hits].sort((a, b) => b.confidence - a.confidence || a.from - b.from);
  return first ? [first] : [];
}

function eachOnce(hits: readonly Hit[]): Hit[] {
  const seen = new Set<string>();
  return hits.filter(({ value }) => {
    const key = String(value).toLowerCase();
    return !seen.has(key) && seen.add(key);
  });
}

/** A field without cues takes what can only be it: one of its choices, or any person or product. */
function anywhere(facts: Facts, lexicon: Lexicon, field: PreparedField, unit: number): Hit[] {
  const span = facts.units[unit]?.span;
  const telling = field.options.length > 0 || field.type === 'product' || field.type === 'person';
  if (!span || !telling) return [];
  return findCandidates(facts, lexicon, field, span.fromToken, span.toToken)
    .filter(({ from }) => !isDenied(facts.tokens, from, span.fromToken))
    .map((candidate) => ({
      ...candidate,
      unit,
      confidence: BEST_CONFIDENCE[field.type] - 0.1 - candidate.doubt,
      why: 'is said',
    }));
}

function byCues(facts: Facts, lexicon: Lexicon, field: PreparedField, unit: number): Hit[] {
  const span = facts.units[unit]?.span;
  if (!span) return [];
  return field.prepared.flatMap((cue) =>
    findWords(facts.tokens, cue.words, span.fromToken, span.toToken)
      .filter((place) => !isDenied(facts.tokens, place.from, span.fromToken))
      .flatMap((place) => atCue(facts, lexicon, field, { cue, place, unit })),
  );
}

interface At {
  cue: Cue;
  place: Found;
  unit: number;
}

function atCue(facts: Facts, lexicon: Lexicon, field: PreparedField, { cue, place, unit }: At): Hit[] {
  const span = facts.units[unit]?.span;
  if (!span) return [];
  const look = (from: number, to: number) => findCandidates(facts, lexicon, field, from, to);
  const after = () => look(place.to, Math.min(span.toToken, place.to + LONGEST_TEXT));
  const before = () => look(span.fromToken, place.from);
  const hit = (candidate: Candidate, distance: number, loss: number): Hit => ({
    ...candidate,
    unit,
    confidence: Math.max(0.3, BEST_CONFIDENCE[field.type] - loss - candidate.doubt - 0.02 * distance),
    why: `${cue.where} "${cue.text}"`,
  });
  const many = field.type === 'list';
  const nearest = (hits: Hit[]): Hit[] => (many ? hits : hits.slice(0, 1));
  const behind = (loss: number) =>
    nearest(
      after()
        .filter(({ from }) => many || from - place.to <= REACH)
        .map((candidate) => hit(candidate, many ? 0 : candidate.from - place.to, loss)),
    );
  const ahead = (loss: number) =>
    nearest(
      before()
        .filter(({ to }) => many || place.from - to <= REACH)
        .reverse()
        .map((candidate) => hit(candidate, many ? 0 : place.from - candidate.to, loss)),
    );
  if (cue.where === 'before') return ahead(0);
  if (cue.where === 'near') return nearest([...behind(0.1), ...ahead(0.1)]);
  const found = behind(0);
  return found.length > 0 ? found : inNextUnit(facts, field, look, { cue, place, unit });
}

/** "It is up for renewal, | and that is on March fourth": the unit that goes on with the same sentence. */
function inNextUnit(
  facts: Facts,
  field: PreparedField,
  look: (from: number, to: number) => Candidate[],
  { cue, unit }: At,
): Hit[] {
  const next = facts.units[unit + 1]?.span;
  const gap = next ? (facts.tokens[next.fromToken - 1]?.gap ?? '') : '.';
  if (!next || /[.?!\n]/.test(gap) || field.type === 'text' || field.type === 'list') return [];
  return look(next.fromToken, Math.min(next.toToken, next.fromToken + REACH))
    .slice(0, 1)
    .map((candidate) => ({
      ...candidate,
      unit: unit + 1,
      confidence: Math.max(0.3, BEST_CONFIDENCE[field.type] - 0.2 - candidate.doubt),
      why: `after "${cue.text}" in the clause before`,
    }));
}
