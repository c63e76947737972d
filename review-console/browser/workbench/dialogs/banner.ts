import { element } from '../dom.ts';

export interface BannerAction {
  label: string;
  run(): void;
}

/** The place above the text for what a person must know or decide; it is empty, and takes no room, otherwise. */
export interface Banner {
  show(
    text: string,
    actions?: readonly BannerAction[],
    tone?: 'late' | 'waiting' | 'conflict' | 'good',
  ): void;
  hide(): void;
}

export function createBanner(frame: HTMLElement): Banner {
  return {
    show(text, actions = [], tone = 'waiting') {
      frame.dataset.tone = tone;
      frame.replaceChildren(
        element('p', {}, text),
        ...actions.map(({ label, run }) =>
          element('button', { class: 'button button-small', type: 'button', onclick: run }, label),
        ),
      );
      frame.hidden = false;
    },
    hide() {
      frame.hidden = true;
      frame.replaceChildren();
    },
  };
}
