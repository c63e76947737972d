import type { Database } from '../../../platform/database/database.ts';
import { PASS_SCORE } from '../scoring/count-errors.ts';
import { type Estimate, estimateProportion, estimateShare } from '../statistics/intervals.ts';
import { groupRows } from './group-rows.ts';

/** How right texts were, from settled checks. Null: no check at all. */
export interface AccuracyFigures {
  checks: number;
  words: number;
  /** Share of words that were right, with its interval. */
  wordAccuracy: Estimate | null;
  /** Share of texts that reached PASS_SCORE as first typed. */
  passed: Estimate | null;
  /** Mean of the scores. */
  score: number | null;
}

interface ScoreRow {
  key: string;
  share: number;
  words: number;
  errors: number;
  score: number;
}

const COLUMNS = `c.share, s.words, s.substitutions + s.deletions + s.insertions as errors, s.score`;

/**
 * The company's texts by month (YYYY-MM in a time zone) of when they were typed: first texts alone, for those are what
 * customers got, each weighted by how many it stands for. Locks nothing.
 */
export async function companyAccuracy(
  { pool }: Pick<Database, 'pool'>,
  { from, to, timeZone }: { from: Date; to: Date; timeZone: string },
): Promise<Map<string, AccuracyFigures>> {
  const { rows } = await pool.query<ScoreRow>({
    name: 'accuracy-company',
    text: `
      select to_char(s.typed_at at time zone $3, 'YYYY-MM') as key, ${COLUMNS}
      from check_score s join accuracy_check c on c.id = s.check_id
      where s.side = 'first' and s.typed_at >= $1 and s.typed_at < $2 and s.words > 0`,
    values: [from, to, timeZone],
  });
  return byKey(rows, true);
}

/** All of them in one. Locks nothing. */
export async function wholeAccuracy(
  database: Pick<Database, 'pool'>,
  time: { from: Date; to: Date },
): Promise<AccuracyFigures | null> {
  const { rows } = await database.pool.query<ScoreRow>({
    name: 'accuracy-whole',
    text: `
      select '' as key, ${COLUMNS} from check_score s join accuracy_check c on c.id = s.check_id
      where s.side = 'first' and s.typed_at >= $1 and s.typed_at < $2 and s.words > 0`,
    values: [time.from, time.to],
  });
  return byKey(rows, true).get('') ?? null;
}

/**
 * By person: first and second texts, for both were typed without knowing of the check. Every text counts the same: a
 * person wants to know what was found in the texts that were looked at. Locks nothing.
 */
export async function peopleAccuracy(
  { pool }: Pick<Database, 'pool'>,
  { from, to, userId }: { from: Date; to: Date; userId?: string },
): Promise<Map<string, AccuracyFigures>> {
  const { rows } = await pool.query<ScoreRow>({
    name: 'accuracy-people',
    text: `
      select s.user_id as key, ${COLUMNS} from check_score s join accuracy_check c on c.id = s.check_id
      where s.user_id is not null and ($3::uuid is null or s.user_id = $3)
        and s.typed_at >= $1 and s.typed_at < $2 and s.words > 0`,
    values: [from, to, userId ?? null],
  });
  return byKey(rows, false);
}

function byKey(rows: readonly ScoreRow[], isWeighted: boolean): Map<string, AccuracyFigures> {
  return new Map([...groupRows(rows, ({ key }) => key)].map(([key, of]) => [key, figuresOf(of, isWeighted)]));
}

/** Pure. */
export function figuresOf(rows: readonly Omit<ScoreRow, 'key'>[], isWeighted: boolean): AccuracyFigures {
  const wrong = estimateShare(
    rows.map(({ words, errors, share }) => ({
      // More may be added than there are words; a share is at most all of them.
      count: Math.min(errors, words),
      size: words,
      ...(isWeighted && share > 0 && { weight: 1 / share }),
    })),
  );
  return {
    checks: rows.length,
    words: rows.reduce((sum, { words }) => sum + words, 0),
    wordAccuracy: wrong && { value: 1 - wrong.value, low: 1 - wrong.high, high: 1 - wrong.low, n: wrong.n },
    passed: estimateProportion(rows.filter(({ score }) => score >= PASS_SCORE).length, rows.length),
    score: rows.length > 0 ? rows.reduce((sum, { score }) => sum + score, 0) / rows.length : null,
  };
}
