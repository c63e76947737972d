import {
  type Guide,
  parseGuide,
  wordsOfSection,
} from '../../../../transcription/house-style/guide/parse-guide.ts';
import { openDialog } from '../dialogs/open-dialog.ts';
import { element, setText } from '../dom.ts';
import { showBlock, showSection } from './guide-blocks.ts';
import type { GuideAnswer, TypingApi } from './typing-api.ts';

/** The house style guide over the work. */
export interface GuidePanel {
  /** At a section; null: where it was left. */
  open(section: string | null): Promise<void>;
}

export function createGuidePanel(
  api: Pick<TypingApi, 'loadGuide'>,
  onTrouble: (error: unknown) => void,
): GuidePanel {
  let loaded: { answer: GuideAnswer; guide: Guide } | null = null;
  let last = '';

  return {
    async open(section) {
      try {
        if (!loaded) {
          const answer = await api.loadGuide();
          loaded = { answer, guide: parseGuide(answer.text) };
        }
      } catch (error) {
        return onTrouble(error);
      }
      const { answer, guide } = loaded;
      const sections = guide.sections.map((one) => {
        const rules = answer.rules.filter((rule) => rule.section === one.key && rule.isOn);
        const shown = showSection(one, 'h3');
        if (rules.length > 0)
          shown.append(
            element(
              'p',
              { class: 'tiny quiet' },
              `Looked for while you type: ${rules.map(({ title }) => title).join(' · ')}`,
            ),
          );
        return { key: one.key, words: wordsOfSection(one).toLowerCase(), shown };
      });
      const none = element('p', { class: 'quiet', hidden: true }, 'No section has these words.');
      const count = element('span', { class: 'tiny quiet', role: 'status' });
      const search = element('input', {
        class: 'input',
        type: 'text',
        role: 'searchbox',
        id: 'guide-search',
        placeholder: 'Words, as in: percent',
        autocomplete: 'off',
        spellcheck: 'false',
        oninput: () => filter(),
      });
      const body = element(
        'div',
        { class: 'guide-body', tabindex: '0', role: 'region', 'aria-label': 'Style guide' },
        ...guide.intro.map(showBlock),
        ...sections.map(({ shown }) => shown),
        none,
      );
      function filter(): void {
        const wanted = search.value.toLowerCase().split(/\s+/).filter(Boolean);
        let seen = 0;
        for (const { words, shown } of sections) {
          shown.hidden = !wanted.every((word) => words.includes(word));
          if (!shown.hidden) seen += 1;
        }
        none.hidden = seen > 0;
        setText(count, wanted.length === 0 ? '' : seen === 1 ? '1 section' : `${seen} sections`);
        body.scrollTop = 0;
      }
      const dialog = element(
        'dialog',
        { class: 'dialog guide-dialog', 'aria-labelledby': 'guide-title' },
        element(
          'div',
          { class: 'guide-head' },
          element('h2', { id: 'guide-title' }, 'House style'),
          element('span', { class: 'tiny quiet' }, `Version ${answer.version}`),
          element('label', { class: 'visually-hidden', for: 'guide-search' }, 'Look for words'),
          search,
          count,
        ),
        body,
        element('form', { method: 'dialog' }, element('button', { class: 'button' }, 'Close')),
      );
      dialog.addEventListener('keydown', (event) => event.stopPropagation());
      const shown = openDialog(dialog, () => {
        search.focus();
        const wanted = sections.find(({ key }) => key === (section ?? last));
        if (wanted) body.scrollTop = wanted.shown.offsetTop - body.offsetTop;
      });
      body.addEventListener('scroll', () => {
        last =
          sections.findLast(({ shown: one }) => one.offsetTop - body.offsetTop <= body.scrollTop + 8)?.key ??
          '';
      });
      await shown.result;
    },
  };
}
