import { element } from '../dom.ts';
import type { JobDetail } from '../wire.ts';

/**
 * Whether what is typed makes a report, with units, codes and values. An answer to a survey and a contribution to a
 * proposal are texts and nothing else, and so is a passage that is said again.
 */
export function makesReport({ dictation, answerTo }: Pick<JobDetail, 'dictation' | 'answerTo'>): boolean {
  return dictation.line.purpose === 'report' && answerTo === null;
}

/** In the side panel: the section or the question that was spoken to. */
export function saidForPart({ saidFor }: Pick<JobDetail, 'saidFor'>): HTMLElement[] {
  if (saidFor === null) return [];
  const part =
    saidFor.kind === 'contribution'
      ? [
          element('h2', {}, `Contribution to ${saidFor.proposal}`),
          element(
            'p',
            {},
            element('span', { class: 'quiet' }, `${saidFor.section.number} `),
            saidFor.section.title,
          ),
          saidFor.section.guidance ? element('p', { class: 'small quiet' }, saidFor.section.guidance) : null,
        ]
      : [element('h2', {}, `Answer to ${saidFor.survey}`), element('p', {}, saidFor.question)];
  return [element('section', { class: 'side-part' }, ...part)];
}
