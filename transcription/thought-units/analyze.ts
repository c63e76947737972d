/**
 * From a finished transcript to numbered, coded thought units and CRM field values. Pure: the same input gives the
 * same output, and every suggestion says what it goes by.
 */

import type { CodeModel } from './coding/code-model.ts';
import { defaultCodebook } from './coding/codebook.ts';
import { codesInForce } from './coding/codes-in-force.ts';
import { prepareCues } from './coding/match-cues.ts';
import { type Coder, suggestCodes } from './coding/suggest-codes.ts';
import { codeWeights, outlookWeights } from './coding/weights.ts';
import { findNextSteps } from './fields/find-next-steps.ts';
import { judgeSentiment, judgeStage } from './fields/judge-outlook.ts';
import { readMeetingDate } from './fields/read-meeting.ts';
import { readMeetingType } from './fields/read-meeting-type.ts';
import { isLexicon, type Lexicon, prepareVocabulary } from './lexicon.ts';
import { type ReportFacts, readReport, unitIndex } from './read-report.ts';
import { splitUnits, type UnitSpan } from './splitting/split-units.ts';
import type { Token } from './tokens.ts';
import type {
  Analysis,
  AnalysisInput,
  AnalyzedFields,
  CodeDefinition,
  ConfiguredValue,
  Suggested,
  SuggestedCode,
  Vocabulary,
} from './types.ts';

export { prepareVocabulary } from './lexicon.ts';

/**
 * The codebook made ready; once for any number of transcripts.
 * @param becomes codes that were merged into others: the model goes on knowing them
 * @param model the one in force; the shipped one when left out
 */
export function prepareCodebook(
  codebook: readonly CodeDefinition[],
  becomes: ReadonlyMap<string, string> = new Map(),
  model: CodeModel = codeWeights,
): Coder {
  return {
    model,
    matchers: prepareCues(codebook),
    outlook: outlookWeights,
    inForce: { keys: new Set(codebook.map(({ key }) => key)), becomes },
  };
}

const defaultCoder = prepareCodebook(defaultCodebook);

/**
 * Splits, codes and extracts.
 * @param input `vocabulary` may be a prepared lexicon, which spares indexing it again
 * @param coder the company's codebook made ready; the default codebook when left out
 * @param findConfigured reads the values of the company's own fields from what was read; none when left out
 */
export function analyze(
  input: Omit<AnalysisInput, 'vocabulary'> & { vocabulary: Vocabulary | Lexicon },
  coder: Coder = defaultCoder,
  findConfigured: (facts: ReportFacts) => ConfiguredValue[] = () => [],
): Analysis {
  const lexicon = isLexicon(input.vocabulary) ? input.vocabulary : prepareVocabulary(input.vocabulary);
  if (!input.transcript.trim()) return { units: [], fields: emptyFields(), configured: [] };
  const { breaks, figures, names } = coder;
  const split = breaks && ((tokens: readonly Token[]) => splitUnits(input.transcript, tokens, breaks));
  const facts = readReport(input, lexicon, split, { figures, names });
  const codes = suggestCodes(facts.units, coder);
  return {
    units: facts.units.map(({ span }, i) => ({
      text: span.text,
      start: span.start,
      end: span.end,
      para: span.para,
      codes: codesInForce(codes[i] ?? [], coder.inForce),
    })),
    fields: readFields(facts, codes, coder.outlook),
    configured: findConfigured(facts),
  };
}

/**
 * What each of several coders suggests for a text, unit by unit; the text is read once. For comparing codebooks.
 */
export function suggestWith(
  input: Omit<AnalysisInput, 'vocabulary'> & { vocabulary: Lexicon },
  coders: readonly Coder[],
): { start: number; end: number; text: string; codes: SuggestedCode[][] }[] {
  if (!input.transcript.trim()) return [];
  const facts = readReport(input, input.vocabulary);
  const byCoder = coders.map((coder) =>
    suggestCodes(facts.units, coder).map((codes) => codesInForce(codes, coder.inForce)),
  );
  return facts.units.map(({ span: { start, end, text } }, i) => ({
    start,
    end,
    text,
    codes: byCoder.map((codes) => codes[i] ?? []),
  }));
}

function emptyFields(): AnalyzedFields {
  return {
    account: null,
    contacts: [],
    newContacts: [],
    meetingDate: null,
    meetingType: null,
    products: [],
    competitors: [],
    newCompetitors: [],
    amounts: [],
    percents: [],
    nextSteps: [],
    sentiment: { value: 0, unit: null, span: null, confidence: 0, evidence: 'nothing was said' },
    stage: null,
  };
}

function readFields(
  facts: ReportFacts,
  codes: ReturnType<typeof suggestCodes>,
  outlook: Coder['outlook'],
): AnalyzedFields {
  const spans = facts.units.map((unit) => unit.span);
  const unitOf = unitIndex(spans);
  const place = (from: number, to: number) => ({
    start: facts.tokens[from]?.start ?? 0,
    end: facts.tokens[to - 1]?.end ?? 0,
  });
  const at = <T>(value: T, from: number, to: number, confidence: number, evidence: string): Suggested<T> => ({
    value,
    unit: Math.max(0, unitOf(from)),
    span: place(from, to),
    confidence,
    evidence,
  });
  const words = (from: number, to: number) =>
    facts.transcript.slice(place(from, to).start, place(from, to).end);
  const named = (kind: 'product' | 'competitor') =>
    firstOfEach(facts.mentions.filter((m) => m.kind === kind)).map((m) =>
      at(m.id, m.from, m.to, m.full ? 0.97 : 0.9, `names "${words(m.from, m.to)}"`),
    );
  const whole = <T>({
    value,
    confidence,
    evidence,
  }: {
    value: T;
    confidence: number;
    evidence: string;
  }): Suggested<T> => ({ value, unit: null, span: null, confidence, evidence });
  const { account } = facts;
  const type = readMeetingType(withoutNames(facts));
  const date = readMeetingDate(spans, facts.callDate);
  const inUnit = <T>(
    fact: { value: T; unit: number; words: string; index: number; confidence: number } | null,
    evidence: (words: string) => string,
  ): Suggested<T> | null => {
    if (!fact) return null;
    const start = (spans[fact.unit]?.start ?? 0) + fact.index;
    return {
      value: fact.value,
      unit: fact.unit,
      span: { start, end: start + fact.words.length },
      confidence: fact.confidence,
      evidence: evidence(fact.words),
    };
  };
  return {
    account:
      account &&
      (account.mention
        ? at(
            account.id,
            account.mention.from,
            account.mention.to,
            account.score > 5 ? 0.95 : 0.75,
            account.why,
          )
        : { value: account.id, unit: null, span: null, confidence: 0.5, evidence: account.why }),
    contacts: firstOfEach(facts.people.flatMap((p) => (p.id ? [{ ...p, id: p.id }] : []))).map((p) =>
      at(p.id, p.from, p.to, p.to - p.from > 1 ? 0.97 : 0.85, `"${words(p.from, p.to)}" is ${p.name}`),
    ),
    newContacts: facts.newContacts.map((n) => at(n.name, n.from, n.to, n.confidence, n.why)),
    meetingDate: inUnit(date, (said) => `"${said}", reckoned from ${facts.callDate}`),
    meetingType: inUnit(type, (said) => `says "${said}"`),
    products: named('product'),
    competitors: named('competitor'),
    newCompetitors: facts.newCompetitors.map((n) => at(n.name, n.from, n.to, n.confidence, n.why)),
    amounts: facts.figures.amounts.map((f) =>
      at({ value: f.value, currency: 'USD' as const, of: f.of }, f.from, f.to, round(f.confidence), f.why),
    ),
    percents: facts.figures.percents.map((f) =>
      at({ value: f.value, of: f.of }, f.from, f.to, round(f.confidence), f.why),
    ),
    nextSteps: findNextSteps(facts, codes),
    sentiment: whole(judgeSentiment(facts, codes, outlook.sentiment)),
    stage: whole(judgeStage(facts, codes, outlook.stage)),
  };
}

/** The units with the vocabulary's names blanked out, which say nothing of how one met: "Summit", "Phone House". */
function withoutNames({ units, mentions, tokens }: ReportFacts): UnitSpan[] {
  return units.map(({ span }) => {
    let { text } = span;
    for (const { from, to } of mentions) {
      if (from < span.fromToken || to > span.toToken) continue;
      const start = (tokens[from]?.start ?? 0) - span.start;
      const end = (tokens[to - 1]?.end ?? 0) - span.start;
      text = text.slice(0, start) + '_'.repeat(end - start) + text.slice(end);
    }
    return { ...span, text };
  });
}

const round = (confidence: number): number => Math.round(confidence * 100) / 100;

function firstOfEach<T extends { id: string }>(items: readonly T[]): T[] {
  const seen = new Set<string>();
  return items.filter((item) => !seen.has(item.id) && seen.add(item.id));
}
