/**
 * How strongly a code calls for a manager's eye, from 0 to 100: what somebody is unhappy about, then what may be
 * lost, then what was promised, then the rest of business. Codes that a company adds stand in the middle.
 */
const WEIGHTS: Readonly<Record<string, number>> = {
  complaint: 100,
  'service-delivery': 95,
  'objection-risk': 90,
  commitment: 80,
  competitor: 60,
  opportunity: 55,
  need: 50,
  pricing: 45,
  'budget-timeline': 40,
  'decision-process': 35,
  'product-feedback': 30,
  'market-trend': 25,
  'next-step': 15,
  'account-background': 5,
  admin: 0,
};

const WEIGHT_OF_OTHERS = 30;

/** A report with one of these goes before others among those that are unread. */
export const URGENT_CODES: readonly string[] = Object.keys(WEIGHTS).filter(
  (key) => (WEIGHTS[key] ?? 0) >= 80,
);

/** Codes that say nothing about business; they are not counted as something that is talked about. */
export const BESIDE_THE_POINT: readonly string[] = ['admin', 'account-background'];

/** The weights as a parameter for SQL, to go with `weightOf`. */
export const WEIGHTS_PARAMETER = JSON.stringify(WEIGHTS);

/** SQL: the weight of the code in `column`; `parameter` is where WEIGHTS_PARAMETER is, as `$3`. */
export function weightOf(column: string, parameter: string): string {
  return `coalesce((${parameter}::jsonb ->> ${column})::int, ${WEIGHT_OF_OTHERS})`;
}
