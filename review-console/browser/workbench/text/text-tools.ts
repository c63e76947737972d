import { TYPING_SWITCHES } from '../../../../transcription/expansions/typing-switches.ts';
import type { Banner } from '../dialogs/banner.ts';
import { choose } from '../dialogs/choose.ts';
import { element } from '../dom.ts';
import type { MenuItem } from '../job-menu.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import type { Keys } from '../keys/keys.ts';
import type { JobDetail, JobVocabulary } from '../wire.ts';
import type { Work } from '../work.ts';
import { createChecker } from './checking/checker.ts';
import { createTextCheck } from './checking/text-check.ts';
import { createTypingCorrector } from './correct-typing.ts';
import { replaceMany } from './edit-field.ts';
import { createFindBar } from './finding/find-bar.ts';
import { createGuidePanel } from './guide-panel.ts';
import { createEditMemory } from './many-edits.ts';
import { createShortForms } from './short-forms.ts';
import { indexTerms } from './sounds-like.ts';
import type { Typed } from './typing.ts';
import { NO_HELP, type TypingApi, type TypingHelp, TypingTrouble } from './typing-api.ts';
import { createUnderlay } from './underlay.ts';

/** What helps to type: short forms, mending, find and replace, spelling, house style, the guide. */
export interface TextTools {
  commands: CommandHandlers;
  menu: readonly MenuItem[];
  /** What the text is when the browser undid, or did again, a change in many places; null when it did not. */
  recall(text: string): Typed | null;
  /** The field has changed and the work knows of it. */
  typed(event: Event, before: string): void;
  /** The text became another one without typing. */
  shown(): void;
  hide(isHidden: boolean): void;
  stop(): void;
}

export interface TextToolsParts {
  job: JobDetail;
  vocabulary: JobVocabulary;
  field: HTMLTextAreaElement;
  work: Work;
  api: TypingApi;
  /** Begun with the page; when it fails the work goes on without help. */
  help: Promise<TypingHelp>;
  banner: Banner;
  keys: Keys;
  /** Stands beside the number of words. */
  besideWords: HTMLElement;
}

/** After so long without a key the text is looked through. */
const REST_MS = 350;
/** Typing must not wait for what helps to type. */
const PATIENCE_MS = 2_000;

/** Made when it is first asked for: opening a job need not wait for it. */
function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

export async function createTextTools(parts: TextToolsParts): Promise<TextTools> {
  const { field, work, api, banner, vocabulary, keys } = parts;
  const late = new Promise<TypingHelp>((resolve) => setTimeout(resolve, PATIENCE_MS, NO_HELP));
  const help = await Promise.race([parts.help.catch(() => NO_HELP), late]);
  const { switches } = help;
  const memory = createEditMemory();
  const underlay = createUnderlay(field);
  const replace = (splices: Parameters<typeof replaceMany>[3]) => replaceMany(field, work, memory, splices);
  const shortForms = createShortForms(field, api, banner, help);
  const helping = { switches, find: shortForms.find };
  const corrector = createTypingCorrector(field, work, helping, {
    isPiece: parts.job.answerTo !== null,
    onExpanded: shortForms.used,
  });
  const findBar = createFindBar({ field, underlay, replace });
  const tell = (error: unknown) => {
    if (!(error instanceof TypingTrouble)) throw error;
    banner.show(error.message);
  };
  const guide = createGuidePanel(api, tell);

  const isEnglish = !parts.job.requirements.some((one) => /^language:(?!en)/.test(one));
  const names = vocabulary.terms.flatMap(({ name, aliases }) => [name, ...aliases]);
  // Without highlights the browser's own check is better than none.
  const canShow = 'highlights' in CSS;
  const spelling = switches.spelling && isEnglish && canShow;
  const checker = createChecker(
    {
      kind: 'start',
      words: [...names, ...help.words],
      names,
      rulesOff: help.guide.rulesOff,
      spelling,
      houseStyle: switches.houseStyle && isEnglish,
    },
    () => {
      field.spellcheck = true;
    },
  );
  if (spelling) field.spellcheck = false;
  const count = element('button', {
    class: 'button button-small button-quiet',
    type: 'button',
    id: 'to-check',
    hidden: true,
  });
  parts.besideWords.after(count);
  count.addEventListener('click', () => void check.next());
  const check = createTextCheck({
    field,
    work,
    checker,
    underlay,
    api,
    banner,
    names: once(() => indexTerms(vocabulary.terms)),
    mayCompany: help.mayCompany,
    count,
    replace,
    openGuide: (section) => guide.open(section),
  });

  let timer: ReturnType<typeof setTimeout> | undefined;
  function rest(): void {
    clearTimeout(timer);
    timer = setTimeout(() => {
      findBar.followText();
      if (!work.stopped) void check.look();
    }, REST_MS);
  }

  async function chooseSwitches(): Promise<void> {
    const chosen = await choose({
      title: 'While I type',
      choices: TYPING_SWITCHES.map(({ key, label, note }) => ({ value: key, label, note })),
      chosen: TYPING_SWITCHES.map(({ key }) => key).filter((key) => switches[key]),
    });
    if (!chosen) return;
    for (const { key } of TYPING_SWITCHES) switches[key] = chosen.includes(key);
    try {
      await api.setSwitches(switches);
      banner.show('Kept. Spelling and house style follow when a job is opened next.', [
        { label: 'All right', run: banner.hide },
      ]);
    } catch (error) {
      tell(error);
    }
  }

  const sectionHere = () => {
    const around = field.value.slice(Math.max(0, field.selectionStart - 12), field.selectionEnd + 4);
    return check.sectionAtCaret() ?? (/\$/.test(around) ? 'money' : /\d/.test(around) ? 'numbers' : null);
  };

  return {
    commands: {
      find: () => findBar.open(),
      'next-check': () => void check.next(),
      'check-text': () => void check.all(),
      'add-expansion': () => void shortForms.add(),
      'style-guide': () => void guide.open(sectionHere()),
    },
    menu: [
      { label: 'Find and replace', note: keys.label('find'), run: () => findBar.open() },
      { label: 'House style in the whole text', note: keys.label('check-text'), run: () => check.all() },
      { label: 'Style guide', note: keys.label('style-guide'), run: () => guide.open(sectionHere()) },
      { label: 'New short form', note: keys.label('add-expansion'), run: () => shortForms.add() },
      { label: 'While I type: short forms, capitals, spelling', run: chooseSwitches },
    ],
    recall: (text) => memory.recall(work.typed, text),
    typed(event, before) {
      underlay.follow(work.typed.text);
      if (event instanceof InputEvent) corrector.typed(event, before);
      rest();
    },
    shown() {
      underlay.settle(work.typed.text);
      rest();
    },
    hide(isHidden) {
      underlay.hide(isHidden);
      if (isHidden) findBar.close();
    },
    stop() {
      clearTimeout(timer);
      shortForms.stop();
    },
  };
}
