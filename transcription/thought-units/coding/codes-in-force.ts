import type { SuggestedCode } from '../types.ts';

/** Which codes exist, and what became of those that the model knows but the codebook has not any more. */
export interface CodesInForce {
  keys: ReadonlySet<string>;
  /** Codes that were merged into others, by key. */
  becomes: ReadonlyMap<string, string>;
}

/**
 * Suggestions as the codebook in force allows them: what was merged suggests what it became, what was retired suggests
 * nothing. Most fitting first, the others in the order given, each once; empty where nothing of what the model knows is left. Pure.
 */
export function codesInForce(
  codes: readonly SuggestedCode[],
  { keys, becomes }: CodesInForce,
): SuggestedCode[] {
  const allowed: SuggestedCode[] = [];
  for (const suggested of codes) {
    const code = keys.has(suggested.code) ? suggested.code : becomes.get(suggested.code);
    if (code === undefined || !keys.has(code)) continue;
    const known = allowed.find((other) => other.code === code);
    if (!known) allowed.push({ ...suggested, code });
    else if (suggested.confidence > known.confidence) known.confidence = suggested.confidence;
  }
  // A code of the company's own, or one that took in another, may fit better than what the model puts first.
  const best = allowed.reduce(
    (top, each) => (each.confidence > top.confidence ? each : top),
    allowed[0] ?? NONE,
  );
  return allowed.length === 0 ? [] : [best, ...allowed.filter((each) => each !== best)];
}

const NONE: SuggestedCode = { code: '', confidence: 0, evidence: '' };
