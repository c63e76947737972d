import { HOUSE_RULES } from '../../../../../transcription/house-style/house-style.ts';
import type { Banner } from '../../dialogs/banner.ts';
import { type Choice, choose } from '../../dialogs/choose.ts';
import { setText } from '../../dom.ts';
import type { Work } from '../../work.ts';
import type { SoundIndex } from '../sounds-like.ts';
import { findSoundAlikes } from '../sounds-like.ts';
import { type TypingApi, TypingTrouble } from '../typing-api.ts';
import type { Underlay } from '../underlay.ts';
import { askChanges } from './changes-dialog.ts';
import type { Checker } from './checker.ts';
import { collectIssues, type Issue, issueAfter, keyOf } from './issues.ts';

/** Spelling and house style: shown under the words, gone through with one key, settled as a list with another. */
export interface TextCheck {
  /** The typing rests: what has changed is looked at. */
  look(): Promise<void>;
  /** To the next place, with what can be done about it. */
  next(): Promise<void>;
  /** All places of the house style in one list. */
  all(): Promise<void>;
  /** The rule's section of the guide at the caret, if something there is not as the house writes. */
  sectionAtCaret(): string | null;
}

export interface TextCheckParts {
  field: HTMLTextAreaElement;
  work: Work;
  checker: Checker;
  underlay: Underlay;
  api: TypingApi;
  banner: Banner;
  names(): SoundIndex;
  mayCompany: boolean;
  /** Where the number of places is told. */
  count: HTMLElement;
  replace(splices: readonly { start: number; removed: number; inserted: string }[]): void;
  openGuide(section: string): Promise<void>;
}

type Act =
  | { act: 'write'; text: string }
  | { act: 'word'; whom: 'me' | 'proposal' | 'company' }
  | { act: 'leave' }
  | { act: 'guide'; section: string };

/** What a whole word that sounds the same scores at least. */
const SURE = 1.05;

const sectionOf = (rule: string) => HOUSE_RULES.find(({ key }) => key === rule)?.section ?? '';

export function createTextCheck(parts: TextCheckParts): TextCheck {
  const { field, work, checker, underlay, api, banner } = parts;
  const left = new Set<string>();
  let issues: Issue[] = [];

  function show(): void {
    const { text } = work.typed;
    issues = collectIssues(text, checker.known, left);
    const caret = document.activeElement === field ? field.selectionEnd : -1;
    // The word that is being typed is not done yet.
    const done = issues.filter(
      ({ kind, start, end }) => kind === 'house-style' || caret < start || caret > end,
    );
    const pieces = (kind: Issue['kind']) => done.filter((issue) => issue.kind === kind);
    underlay.settle(text);
    underlay.show('misspelled', pieces('misspelling'));
    underlay.show('house-style', pieces('house-style'));
    const many = done.length;
    setText(parts.count, many === 0 ? '' : `${many} to check`);
    parts.count.hidden = many === 0;
  }

  async function look(): Promise<void> {
    await checker.check(work.typed.text.split('\n'));
    show();
  }

  function write(issue: Issue, text: string): void {
    const { start, end } = issue;
    parts.replace([{ start, removed: end - start, inserted: text }]);
    field.setSelectionRange(start + text.length, start + text.length);
  }

  async function perform(issue: Issue, { act, ...more }: Act): Promise<void> {
    // Something else may stand there by now.
    const before = issue.kind === 'misspelling' ? issue.word : issue.before;
    if (!work.typed.text.startsWith(before, issue.start)) return;
    if (act === 'write' && 'text' in more) write(issue, more.text);
    if (act === 'leave') left.add(keyOf(issue, work.typed.text));
    if (act === 'guide' && 'section' in more) return parts.openGuide(more.section);
    if (act === 'word' && 'whom' in more && issue.kind === 'misspelling') {
      await api.addWord(issue.word, more.whom);
      checker.add(issue.word);
    }
    await look();
    field.focus();
    if (act !== 'write') field.setSelectionRange(issue.end, issue.end);
  }

  async function choicesFor(issue: Issue): Promise<Choice<Act>[]> {
    if (issue.kind === 'house-style') {
      const rule = HOUSE_RULES.find(({ key }) => key === issue.rule);
      return [
        {
          value: { act: 'write', text: issue.after },
          label: issue.after.trim() === '' ? 'Leave it out' : issue.after,
          note: rule?.title ?? '',
        },
        { value: { act: 'leave' }, label: 'Leave it as it is' },
        { value: { act: 'guide', section: rule?.section ?? '' }, label: 'What the style guide says' },
      ];
    }
    const names = findSoundAlikes(parts.names(), issue.word, 3);
    const words = await checker.suggest(issue.word);
    // A name that really sounds like it goes before words that are spelled like it.
    const nameOf = ({ term }: (typeof names)[number]) => term.name;
    const [sure, others] = [
      names.filter(({ score }) => score >= SURE),
      names.filter(({ score }) => score < SURE),
    ];
    const texts = [...new Set([...sure.map(nameOf), ...words, ...others.map(nameOf)])].slice(0, 7);
    const mine: Choice<Act>[] = [
      { value: { act: 'word', whom: 'me' }, label: 'It is right: one of my words' },
      parts.mayCompany
        ? { value: { act: 'word', whom: 'company' }, label: 'It is right: a word of the company' }
        : {
            value: { act: 'word', whom: 'proposal' },
            label: 'It is right: propose it to the company',
            note: 'And one of my words at once',
          },
      { value: { act: 'leave' }, label: 'Leave it as it is', note: 'Only here' },
    ];
    return [...texts.map((text): Choice<Act> => ({ value: { act: 'write', text }, label: text })), ...mine];
  }

  async function settle(issue: Issue): Promise<void> {
    field.focus();
    field.setSelectionRange(issue.start, issue.end);
    underlay.reveal(issue.start);
    const what = issue.kind === 'misspelling' ? issue.word : issue.before.trim() || 'blank';
    const title = issue.kind === 'misspelling' ? `Not known: ${what}` : `House style: ${what}`;
    const chosen = (await choose({ title, choices: await choicesFor(issue) }))?.[0];
    if (!chosen) return;
    try {
      await perform(issue, chosen);
    } catch (error) {
      if (!(error instanceof TypingTrouble)) throw error;
      banner.show(error.message);
    }
  }

  return {
    look,
    async next() {
      if (field.readOnly) return;
      await look();
      const { selectionStart, selectionEnd } = field;
      const issue = issueAfter(issues, selectionStart === selectionEnd ? selectionStart : selectionEnd);
      if (issue) await settle(issue);
      else banner.show('Nothing to check: spelling and house style are all right.', [done(banner)], 'good');
    },
    async all() {
      if (field.readOnly) return;
      await look();
      const changes = issues.filter((issue) => issue.kind === 'house-style');
      if (changes.length === 0)
        return banner.show('The whole text is as the house writes it.', [done(banner)], 'good');
      const chosen = await askChanges(work.typed.text, changes);
      if (!chosen || chosen.length === 0) return;
      const { text } = work.typed;
      const splices = chosen
        .filter(({ start, before }) => text.startsWith(before, start))
        .map(({ start, end, after }) => ({ start, removed: end - start, inserted: after }));
      parts.replace(splices);
      await look();
      banner.show(
        splices.length === 1
          ? 'One place is mended. Ctrl+Z takes it back.'
          : `${splices.length} places are mended. One Ctrl+Z takes all of it back.`,
        [done(banner)],
        'good',
      );
    },
    sectionAtCaret() {
      const { selectionStart: from, selectionEnd: to } = field;
      const here = issues.find(({ start, end }) => start <= to && from <= end);
      return here?.kind === 'house-style' ? sectionOf(here.rule) : null;
    },
  };
}

const done = (banner: Banner) => ({ label: 'All right', run: banner.hide });
