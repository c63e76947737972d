import { element, setText } from './dom.ts';
import type { Keys } from './keys/keys.ts';
import { commandsOf, keyList } from './keys/keys-sheet.ts';
import { makesReport, saidForPart } from './review/said-for-part.ts';
import type { Offer } from './text/names-helper.ts';
import { clockOf, dueIn } from './text/show-time.ts';
import type { JobDetail } from './wire.ts';

export interface SidePanel {
  /** Names that sound like what was just typed; `marked` is the one that Tab puts in. */
  showNames(matches: readonly Offer[], marked: number): void;
  tick(nowMs: number): void;
}

const KINDS = {
  account: 'Account',
  contact: 'Contact',
  product: 'Product',
  competitor: 'Competitor',
  person: 'Colleague',
} as const;

/** The right third: who speaks and when, names, accounts, standing questions, the due clock. */
export function createSidePanel(
  frame: HTMLElement,
  job: JobDetail,
  keys: Keys,
  onPick: (index: number) => void,
): SidePanel {
  const { dictation } = job;
  const due = element('p', { class: 'side-due' });
  const names = element('ol', { class: 'names', 'aria-label': 'Names that sound like what was just typed' });
  const started = new Date(dictation.startedAt);
  const said = started.toLocaleString('en-US', {
    weekday: 'long',
    month: 'short',
    day: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
  });
  const where = [dictation.speaker?.territory, dictation.speaker?.region].filter(Boolean).join(' · ');

  const unitKeys = element('section', { class: 'side-part side-keys' });
  keys.follow(() =>
    unitKeys.replaceChildren(element('h2', {}, 'Keys'), keyList(keys, [...commandsOf('Units'), 'finish'])),
  );

  frame.replaceChildren(
    element(
      'section',
      { class: 'side-part' },
      element(
        'div',
        { class: 'side-who' },
        element('h1', {}, dictation.speaker?.name ?? 'Unknown speaker'),
        dictation.urgent && element('span', { class: 'badge', 'data-tone': 'late' }, 'Urgent'),
      ),
      where ? element('p', { class: 'small quiet' }, where) : null,
      element('p', { class: 'small' }, said),
      element(
        'p',
        { class: 'small quiet' },
        `${dictation.line.name} · ${dictation.reference}${dictation.durationSeconds ? ` · ${clockOf(dictation.durationSeconds)}` : ''}`,
      ),
      due,
      dictation.missingParts > 0 &&
        element(
          'p',
          { class: 'small tone', 'data-tone': 'waiting' },
          dictation.missingParts === 1
            ? 'One part of the recording is not here yet.'
            : `${dictation.missingParts} parts of the recording are not here yet.`,
        ),
    ),
    ...saidForPart(job),
    element('section', { class: 'side-part side-names' }, element('h2', {}, 'Sounds like'), names),
    unitKeys,
    ...(makesReport(job) ? [accountsPart(job), ...questionsPart(job)] : []),
  );

  return {
    showNames(matches, marked) {
      names.replaceChildren(
        ...matches.map(({ term, form }, index) =>
          element(
            'li',
            {
              class: index === marked ? 'name name-marked' : 'name',
              onmousedown: (event: Event) => {
                event.preventDefault();
                onPick(index);
              },
            },
            element('span', { class: 'name-text' }, form),
            element(
              'span',
              { class: 'name-note' },
              [KINDS[term.kind], form !== term.name && term.name, term.note].filter(Boolean).join(' · '),
            ),
            index === marked ? element('kbd', {}, 'Tab') : null,
          ),
        ),
      );
      if (matches.length === 0)
        names.append(
          element(
            'li',
            { class: 'small quiet' },
            'Type a name as you hear it: accounts, people, products show up here.',
          ),
        );
    },
    tick(nowMs) {
      const { text, isLate, isSoon } = dueIn(Date.parse(job.dueAt), nowMs);
      setText(due, isLate ? `Due: ${text}` : `Due in ${text}`);
      due.dataset.tone = isLate ? 'late' : isSoon ? 'waiting' : '';
    },
  };
}

function accountsPart(job: JobDetail): HTMLElement {
  const shown = job.accounts.slice(0, 8);
  return element(
    'section',
    { class: 'side-part' },
    element('h2', {}, 'Likely accounts'),
    shown.length === 0
      ? element(
          'p',
          { class: 'small quiet' },
          'Accounts that this speaker visits show up here once they are known.',
        )
      : element(
          'ul',
          { class: 'side-accounts' },
          ...shown.map((account) =>
            element(
              'li',
              {},
              element(
                'p',
                {},
                account.name,
                account.city ? element('span', { class: 'quiet' }, ` ${account.city}`) : null,
                account.because === 'named' ? element('span', { class: 'certainty' }, ' keyed in') : null,
              ),
              account.contacts.length > 0
                ? element(
                    'p',
                    { class: 'tiny quiet' },
                    account.contacts
                      .map(({ name, title }) => (title ? `${name}, ${title}` : name))
                      .join(' · '),
                  )
                : null,
            ),
          ),
        ),
  );
}

function questionsPart(job: JobDetail): HTMLElement[] {
  if (job.standingQuestions.length === 0) return [];
  const part = element(
    'section',
    { class: 'side-part' },
    element('h2', {}, 'Standing questions'),
    element(
      'ul',
      { class: 'side-questions' },
      ...job.standingQuestions.map(({ text }) => element('li', {}, text)),
    ),
  );
  return [part];
}
