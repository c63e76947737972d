import { element } from '../dom.ts';
import type { Doubt } from '../wire.ts';
import { KINDS, quote, stateWords } from './words.ts';

/** What can be done about a doubt. */
export type DoubtAct = 'go' | 'listen' | 'ask' | 'resolve' | 'remove';

export interface DoubtsPanel {
  readonly element: HTMLElement;
  draw(text: string, doubts: readonly Doubt[], fresh: ReadonlySet<string>): void;
}

/** The list of unclear passages beside the text; it takes no room while there are none. */
export function createDoubtsPanel(onAct: (doubtId: string, act: DoubtAct) => void): DoubtsPanel {
  const list = element('ul', { class: 'doubts' });
  const frame = element(
    'section',
    { class: 'side-part', id: 'doubts', hidden: true },
    element('h2', {}, 'Unclear passages'),
    list,
  );
  // A click leaves the cursor in the text.
  frame.addEventListener('mousedown', (event) => event.preventDefault());

  const button = (id: string, act: DoubtAct, label: string) =>
    element(
      'button',
      { class: 'button button-small button-quiet', type: 'button', onclick: () => onAct(id, act) },
      label,
    );

  return {
    element: frame,
    draw(text, doubts, fresh) {
      frame.hidden = doubts.length === 0;
      list.replaceChildren(
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
