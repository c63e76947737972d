import type { Banner } from '../dialogs/banner.ts';

/**
 * Finishing a text that makes no report: nothing comes between typing and the end, so it is asked for twice. What is
 * typed in between is asked about anew.
 */
export function createTextFinish({
  banner,
  text,
  finish,
}: {
  banner: Pick<Banner, 'show'>;
  text(): string;
  finish(text: string): Promise<void>;
}): () => Promise<void> {
  let asked: string | null = null;
  return async function finishText() {
    const current = text();
    if (current === asked) return finish(current);
    asked = current;
    const again = { label: 'Finish', run: () => void finishText() };
    banner.show('Is this the final text? Finish once more.', [again], 'good');
  };
}
