import { element, setText } from '../dom.ts';
import { clockOf } from '../text/show-time.ts';
import type { Doubt } from '../wire.ts';
import type { Seam } from './seams.ts';
import { KINDS, quote, stateWords } from './words.ts';

/** What can be done about a doubt. */
export type DoubtAct = 'go' | 'slower' | 'listen' | 'ask' | 'resolve' | 'remove';

export interface DoubtsPanel {
  readonly element: HTMLElement;
  draw(text: string, doubts: readonly Doubt[], fresh: ReadonlySet<string>, seams: readonly Seam[]): void;
}

/** What can be done about a dropped line that proposes itself. */
interface SeamActs {
  mark(seam: Seam): void;
  hear(seam: Seam): void;
  dismiss(seam: Seam): void;
}

/** The list of unclear passages beside the text; it takes no room while there are none. */
export function createDoubtsPanel(
  onAct: (doubtId: string, act: DoubtAct) => void,
  seamActs: SeamActs,
): DoubtsPanel {
  const list = element('ul', { class: 'doubts' });
  const title = element('h2', {}, 'Unclear passages');
  const frame = element('section', { class: 'side-part', id: 'doubts', hidden: true }, title, list);
  // A click leaves the cursor in the text.
  frame.addEventListener('mousedown', (event) => event.preventDefault());

  const button = (id: string, act: DoubtAct, label: string) =>
    element(
      'button',
      { class: 'button button-small button-quiet', type: 'button', onclick: () => onAct(id, act) },
      label,
    );

  /** What the list shows: drawn anew only when that changes, so that nobody loses the button they are on. */
  let drawn = '';
  const seamButton = (label: string, run: () => void) =>
    element('button', { class: 'button button-small button-quiet', type: 'button', onclick: run }, label);
  const seamLine = (seam: Seam) =>
    element(
      'li',
      { class: 'doubt', 'data-state': 'proposed', 'data-seam': seam.audioMs },
      element('p', {}, `The line was dropped at ${clockOf(seam.audioMs / 1000)}`),
      element('p', { class: 'tiny quiet' }, 'Perhaps words are missing here: a suggestion'),
      element(
        'p',
        { class: 'doubt-acts' },
        seamButton('Hear it', () => seamActs.hear(seam)),
        seamButton('Mark as lost signal', () => seamActs.mark(seam)),
        seamButton('Nothing is missing', () => seamActs.dismiss(seam)),
      ),
    );

  return {
    element: frame,
    draw(text, doubts, fresh, seams) {
      const isNew = JSON.stringify([
        doubts.map((doubt) => [doubt, quote(text, doubt), fresh.has(doubt.id)]),
        seams,
      ]);
      if (isNew === drawn) return;
      drawn = isNew;
      frame.hidden = doubts.length + seams.length === 0;
      const open = doubts.filter(({ state }) => state !== 'resolved').length;
      setText(title, open > 0 ? `Unclear passages (${open})` : 'Unclear passages');
      list.replaceChildren(
        ...seams.map((seam) => seamLine(seam)),
        ...doubts.map((doubt) => {
          const { id, state, note, answers } = doubt;
          const isOpen = state !== 'resolved';
          return element(
            'li',
            { class: 'doubt', 'data-doubt': id, 'data-state': state, 'data-fresh': fresh.has(id) },
            element(
              'button',
              {
                class: 'doubt-words',
                type: 'button',
                title: 'Go there and hear it',
                onclick: () => onAct(id, 'go'),
              },
              quote(text, doubt),
            ),
            element('p', { class: 'tiny quiet' }, `${KINDS[doubt.kind]} · ${stateWords(doubt)}`),
            note ? element('p', { class: 'tiny' }, note) : null,
            element(
              'p',
              { class: 'doubt-acts' },
              answers.length > 0 && button(id, 'listen', 'Hear the answer'),
              button(id, 'slower', 'Slower'),
              isOpen &&
                state !== 'asked' &&
                button(id, 'ask', state === 'marked' ? 'Ask the speaker' : 'Ask again'),
              isOpen && button(id, 'resolve', 'Settled'),
              state === 'marked' && button(id, 'remove', 'Remove'),
            ),
          );
        }),
      );
    },
  };
}
