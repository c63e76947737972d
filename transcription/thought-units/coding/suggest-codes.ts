/** Codes of each unit of a report, with confidence and the reason in words. */

import type { FigureModels } from '../figures/figure-weights.ts';
import type { BreakModel } from '../splitting/find-breaks.ts';
import type { SuggestedCode } from '../types.ts';
import { jointOf, reportFeatures, type UnitFacts } from './code-features.ts';
import { type CodeModel, codeProbabilities } from './code-model.ts';
import type { CodesInForce } from './codes-in-force.ts';
import { type CueMatcher, matchCues } from './match-cues.ts';
import { meaningOf } from './meaning.ts';

export interface Coder {
  model: CodeModel;
  matchers: readonly CueMatcher[];
  /** Models of the whole report. */
  outlook: { sentiment: CodeModel; stage: CodeModel };
  /** Where units end; the shipped model when left out. */
  breaks?: BreakModel;
  /** Models of amounts and percentages; the shipped ones when left out. */
  figures?: FigureModels;
  /** What unknown names are of; the shipped model when left out. */
  names?: CodeModel;
  /** Which codes there are. */
  inForce: CodesInForce;
}

/** From this probability a code other than the main one is suggested too. */
const SECOND = 0.4;

/** Codes of each unit, most fitting first, never none, among all that the model knows and the codebook adds. */
export function suggestCodes(
  units: readonly UnitFacts[],
  { model, matchers }: Pick<Coder, 'model' | 'matchers'>,
): SuggestedCode[][] {
  const known = { has: (feature: string) => Object.hasOwn(model.features, feature) };
  const features = reportFeatures(units, matchers, known);
  const probabilities = codeProbabilities(
    model,
    features,
    units.map((_, i) => jointOf(units, i)),
    units.map(meaningOf),
  );
  const trained = new Set(model.codes);
  return units.map((unit, i) => {
    const cues = matchCues(unit.span.text, matchers);
    const ranked = model.codes
      .map((code, c) => ({ code, confidence: probabilities[i]?.[c] ?? 0 }))
      .sort((a, b) => b.confidence - a.confidence);
    const step = ranked.findIndex(({ code }) => code === 'next-step');
    if (step > 0 && isOurPlan(features[i] ?? [], unit.span.text))
      ranked.unshift(...ranked.splice(step, 1).map(({ code }) => ({ code, confidence: OUR_PLAN })));
    const main = ranked[0] ?? { code: 'admin', confidence: 0 };
    const codes = [main, ...ranked.slice(1).filter((other) => other.confidence >= SECOND)];
    for (const code of companions(unit, main.code))
      if (!codes.some((other) => other.code === code))
        codes.push({ code, confidence: main.confidence * 0.8 });
    // A code that the company added has no weights yet: its cues alone speak for it.
    for (const [code, words] of cues)
      if (!trained.has(code)) codes.push({ code, confidence: Math.min(0.9, 0.5 + 0.2 * words.length) });
    return codes.map(({ code, confidence }) => ({
      code,
      confidence: Math.round(confidence * 100) / 100,
      evidence: evidenceFor(code, unit, features[i] ?? [], cues, model),
    }));
  });
}

/**
 * What we will do by a named day, are about to do ("I'm going back Thursday") or said that we would is a step, whatever it
 * is about: so 495 of 500 such units are coded.
 */
const OUR_PLAN = 0.9;
const PLANNED = ['due:future', 'due:intended', 'due:progressive', 'due:perfect'];
const PROMISED = /\b(?:told|promised|said|agreed)\b.*\b(?:i|we)(?:['’]d| would)\b/i;
function isOurPlan(features: readonly string[], text: string): boolean {
  const is = (feature: string) => features.includes(feature);
  if (!is('subject:rep') && !is('subject:we')) return false;
  return PLANNED.some(is) || (is('due:past') && PROMISED.test(text));
}

/** Codes that the guide asks for beside the main one. */
function companions(unit: UnitFacts, main: string): string[] {
  const { names } = unit;
  if (main === 'competitor' && (names.has('money') || names.has('percent'))) return ['pricing'];
  if (main === 'pricing' && names.has('competitor') && names.has('money')) return ['competitor'];
  if (main === 'admin' && names.has('newContact')) return ['account-background'];
  return [];
}

const SUBJECTS: Record<string, string> = {
  rep: 'the rep',
  we: 'we',
  person: 'somebody there',
  they: 'they',
  it: 'it',
  competitor: 'a competitor',
  product: 'a product of ours',
  account: 'the account',
  colleague: 'a colleague',
};
const TENSES: Record<string, string> = {
  future: 'will do something',
  intended: 'is to do something',
  conditional: 'would or might',
  past: 'did something',
  perfect: 'has done something',
  progressive: 'is doing something',
  able: 'can or cannot',
  present: 'does something',
};
const NAMES: Record<string, string> = {
  money: 'an amount of money',
  percent: 'a percentage',
  competitor: 'a competitor',
  product: 'a product',
  contact: 'a contact',
  newContact: 'a new person',
  due: 'a day to come',
  colleague: 'a colleague',
  account: 'the account',
  newCompetitor: 'a new competitor',
};

/** Topics whose keys are not words to read. */
const TOPIC_NAMES: Record<string, string> = {
  leisure: 'hobbies and free time',
  looks: 'looks and clothes',
  scene: 'the place',
  career: 'jobs and careers',
  liking: 'what is liked',
  disliking: 'what is disliked',
  failing: 'things that fail',
  working: 'how things work',
  delivering: 'delivery',
  serving: 'service',
  wanting: 'what is wanted',
  problem: 'problems',
  when: 'days and dates',
  deciding: 'who decides',
  rivalry: 'competitors',
  refusing: 'doubt',
  leaving: 'leaving or losing',
  agreeing: 'agreement',
  doing: 'things to do',
  plan: 'plans',
  market: 'the market',
  growth: 'more business',
  feeling: 'a feeling',
  signing: 'hello or goodbye',
  meeting: 'the meeting',
  numbers: 'size and number',
  history: 'the past',
};

/** The strongest reasons, in words: cues first, then names, then grammar and place. */
function evidenceFor(
  code: string,
  unit: UnitFacts,
  features: readonly string[],
  cues: ReadonlyMap<string, string[]>,
  model: CodeModel,
): string {
  const said = cues.get(code)?.slice(0, 3) ?? [];
  const reasons: string[] = said.length ? [`says ${said.map((word) => `"${word}"`).join(', ')}`] : [];
  const c = model.codes.indexOf(code);
  const weighed = features
    .map((feature) => ({ feature, weight: model.features[feature]?.[c] ?? 0 }))
    .filter(({ weight, feature }) => weight > 0.05 && !/^(?:bias|cue|phrase)/.test(feature))
    .sort((a, b) => b.weight - a.weight);
  for (const { feature } of weighed) {
    if (reasons.length >= 2) break;
    const reason = featureInWords(feature);
    if (reason && !reasons.includes(reason)) reasons.push(reason);
  }
  return reasons.join('; ') || (unit.span.para ? 'opens a paragraph' : 'follows what was said before');
}

/** A feature as a person reads it; null: it says nothing by itself. */
export function featureInWords(feature: string): string | null {
  const [kind = '', rest = ''] = feature.split(/:(.*)/s);
  if (kind === 'names') return NAMES[rest] ? `names ${NAMES[rest]}` : 'names a competitor with an amount';
  if (kind === 'subject') return SUBJECTS[rest] ? `is about what ${SUBJECTS[rest]} does` : null;
  if (kind === 'tense') return TENSES[rest] ? `tells that somebody ${TENSES[rest]}` : null;
  if (kind === 'w' && !rest.includes('#')) return `says "${rest.replaceAll('_', ' ')}"`;
  if (kind === 'topic') return `speaks of ${TOPIC_NAMES[rest] ?? rest}`;
  if (kind === 'at')
    return rest === 'first' || rest === 'second' || rest === 'opening'
      ? 'stands at the opening'
      : rest === 'last'
        ? 'ends the report'
        : null;
  if (kind === 'before') return 'follows from the unit before';
  if (kind === 'after') return 'leads to the unit after';
  return null;
}
