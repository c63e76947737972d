import { element } from '../dom.ts';
import type { Keys } from '../keys/keys.ts';
import type { JobDetail } from '../wire.ts';
import { KINDS } from './words.ts';

/** For a dictation that says a passage of a finished report again: which one, and what stands there. */
export function createAnswerToPanel(
  { reference, reportId, kind, note, before, passage, behind }: NonNullable<JobDetail['answerTo']>,
  keys: Keys,
  onListen: () => void,
): HTMLElement {
  return element(
    'section',
    { class: 'side-part', id: 'answer-to' },
    element('h2', {}, 'Says a passage again'),
    element(
      'p',
      { class: 'small' },
      'What you type takes its place in report ',
      element('a', { href: `/reports/${reportId}`, target: '_blank', rel: 'noopener' }, reference),
      '.',
    ),
    element(
      'blockquote',
      { class: 'answer-context small' },
      before,
      element('mark', { class: 'wb-mark' }, passage || '[…]'),
      behind,
    ),
    element('p', { class: 'tiny quiet' }, [KINDS[kind], note].filter(Boolean).join(' · ')),
    element(
      'p',
      {},
      element(
        'button',
        { class: 'button button-small', type: 'button', onclick: onListen },
        'Hear how it was said first ',
        element('kbd', {}, keys.label('hear-answer')),
      ),
    ),
  );
}
