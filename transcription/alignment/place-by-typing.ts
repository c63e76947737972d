import { type Anchor, audioAt, cleanAnchors } from './clean-anchors.ts';
import type { SpeechTimes } from './find-pauses.ts';
import { type PlacedWord, type Prior, placeWords } from './place-words.ts';

/** Nobody types what was not said yet; the anchors themselves are rounded by so much. */
const EARLY_MS = 350;
/** So long after it was said a word is typed by most. */
const LAG_MS = 2200;
/** Moments tried for a place: so long before and after the audio was there. */
const BEFORE_MS = 5000;
const AFTER_MS = 900;
/** The same where nothing is known of the typing. */
const BLIND_MS = 15_000;
const BLIND_SIGMA_MS = 6000;

/**
 * Where in the audio each word is said, told from the typing and the pauses. Pure.
 *
 * Typing lags behind the audio by a time that changes all along: next to nothing when somebody stops the audio and
 * types what was said, seconds when they type while it plays. So the lag is not reckoned and subtracted: an anchor
 * says between which moments a word can have been said, and pauses and tempo say when in between.
 */
export function placeByTyping(text: string, anchors: readonly Anchor[], speech: SpeechTimes): PlacedWord[] {
  const clean = cleanAnchors(anchors, { textLength: text.length, durationMs: speech.durationMs });
  // Before the first word there may be silence; nothing that was said is left out of the text.
  const latest = Math.max(3000, clean[0]?.[1] ?? 0);
  return placeWords(text, speech, ({ char, evenMs, isFirst }): Prior => {
    if (isFirst) return { fromMs: 0, toMs: latest, cost: (ms) => speech.spokenUntil(ms) / 400 };
    if (clean.length === 0) {
      return {
        fromMs: evenMs - BLIND_MS,
        toMs: evenMs + BLIND_MS,
        cost: (ms) => 0.5 * ((ms - evenMs) / BLIND_SIGMA_MS) ** 2,
      };
    }
    const typedAt = audioAt(clean, char);
    return { fromMs: typedAt - BEFORE_MS, toMs: typedAt + AFTER_MS, cost: (ms) => lagCost(typedAt - ms) };
  });
}

function lagCost(lagMs: number): number {
  if (lagMs < 0) return 0.3 + 0.5 * (lagMs / EARLY_MS) ** 2;
  if (lagMs <= LAG_MS) return 0.3 * Math.abs(lagMs / LAG_MS - 0.4);
  return 0.2 + 0.5 * ((lagMs - LAG_MS) / 900) ** 2;
}
