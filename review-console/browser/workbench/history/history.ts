import { applySplice } from '../../../../transcription/jobs/text-splice.ts';
import { countWords } from '../text/show-time.ts';

/** What GET …/history answers. */
export interface JobHistory {
  people: { id: string; name: string }[];
  versions: HistoryVersion[];
}

type HistoryVersion = {
  revision: number;
  savedAt: string;
  /** Index into `people`. */
  person: number | null;
  window: string | null;
  restoredFrom: number | null;
} & ({ text: string } | { at: number; removed: number; inserted: string });

/** The texts of a history, any of them at once: some are kept, the others are told from the one before. */
export function textsOf(versions: readonly HistoryVersion[]): (index: number) => string {
  const kept = new Map<number, string>();
  return (wanted) => {
    let from = wanted;
    while (from > 0 && !kept.has(from)) from -= 1;
    let text = kept.get(from) ?? '';
    for (let index = kept.has(from) ? from + 1 : from; index <= wanted; index += 1) {
      const version = versions[index];
      if (!version) break;
      text =
        'text' in version
          ? version.text
          : applySplice(text, { start: version.at, removed: version.removed, inserted: version.inserted });
      if (index % KEPT_EVERY === 0) kept.set(index, text);
    }
    return text;
  };
}

const KEPT_EVERY = 64;

/** Saves that belong together: the same minute, person and window. A text that was brought back stands alone. */
export interface HistoryStep {
  /** Indexes into the versions. */
  first: number;
  last: number;
  /** Of the last of them. */
  savedAt: string;
  person: string;
  /** 1, 2, … in the order in which they turn up; null when there is one only. */
  window: number | null;
  restoredFrom: number | null;
  /** Words more, or fewer, than before. */
  words: number;
}

/** The newest first. Saves that changed no letter stand for themselves nowhere. Pure. */
export function stepsOf({ versions, people }: JobHistory): HistoryStep[] {
  const windows = [...new Set(versions.flatMap(({ window }) => (window ? [window] : [])))];
  const textAt = textsOf(versions);
  const steps: (HistoryStep & { key: string })[] = [];
  for (const [index, version] of versions.entries()) {
    const { savedAt, person, window, restoredFrom } = version;
    const isSilent = 'at' in version && version.removed === 0 && version.inserted === '';
    const last = steps.at(-1);
    const key = `${savedAt.slice(0, 16)} ${person} ${window} ${restoredFrom ?? ''}`;
    if (last && (isSilent || (last.key === key && restoredFrom === null))) {
      last.last = index;
      if (!isSilent) last.savedAt = savedAt;
      continue;
    }
    steps.push({
      key,
      first: index,
      last: index,
      savedAt,
      person: person === null ? '' : (people[person]?.name ?? ''),
      window: window && windows.length > 1 ? windows.indexOf(window) + 1 : null,
      restoredFrom,
      words: 0,
    });
  }
  let before = 0;
  for (const step of steps) {
    const words = countWords(textAt(step.last));
    step.words = words - before;
    before = words;
  }
  return steps.map(({ key: _, ...step }) => step).reverse();
}

/** "+12 words", "−1 word", "changed". */
export function wordsChanged(words: number): string {
  if (words === 0) return 'changed';
  const size = Math.abs(words);
  return `${words > 0 ? '+' : '−'}${size} ${size === 1 ? 'word' : 'words'}`;
}
