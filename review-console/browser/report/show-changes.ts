import { element } from '../workbench/dom.ts';
import type { WireReview } from './review-api.ts';

/** What was decided since the report was finalized, newest first: who, what, when. */
export function showChanges(frame: HTMLElement, changes: WireReview['changes']): void {
  if (changes.length === 0) {
    frame.replaceChildren(
      element('p', { class: 'small quiet' }, 'Nothing was changed since the report was finished.'),
    );
    return;
  }
  frame.replaceChildren(
    element(
      'ol',
      { class: 'rv-changes small' },
      ...changes.map(({ at, by, what }) =>
        element(
          'li',
          {},
          element('span', { class: 'strong' }, by ?? 'Somebody'),
          ` ${what} `,
          element('time', { class: 'quiet', datetime: at }, showTime(at)),
        ),
      ),
    ),
  );
}

function showTime(iso: string): string {
  return new Date(iso).toLocaleString('en-US', {
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
}
