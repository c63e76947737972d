import type { Block, Section, Span } from '../../../../transcription/house-style/guide/parse-guide.ts';
import { element } from '../dom.ts';

const TAGS = { strong: 'strong', emphasis: 'em', code: 'code' } as const;

const spansOf = (spans: readonly Span[]) =>
  spans.map(({ kind, text }) => (kind === 'text' ? text : element(TAGS[kind], {}, text)));

/** A section of the style guide; text is always text. */
export function showSection({ key, title, blocks }: Section, level: 'h3' | 'h2'): HTMLElement {
  return element(
    'section',
    { class: 'guide-section', id: `guide-${key}`, 'data-section': key },
    element(level, {}, title),
    ...blocks.map(showBlock),
  );
}

export function showBlock(block: Block): HTMLElement {
  if (block.kind === 'paragraph') return element('p', {}, ...spansOf(block.spans));
  if (block.kind === 'list')
    return element('ul', {}, ...block.items.map((item) => element('li', {}, ...spansOf(item))));
  return element(
    'dl',
    { class: 'guide-example' },
    ...(
      [
        ['Said', block.said],
        ['Write', block.write],
        ['Not', block.not],
      ] as const
    ).flatMap(([name, words]) => (words ? [element('dt', {}, name), element('dd', {}, words)] : [])),
  );
}
