import { ask } from '../dialogs/ask.ts';
import type { Banner } from '../dialogs/banner.ts';
import type { ShortForm } from './corrections.ts';
import { type TypingApi, type TypingHelp, TypingTrouble } from './typing-api.ts';

/** The short forms of the person at work, and the count of their use. */
export interface ShortForms {
  find(shortForm: string): ShortForm | undefined;
  used(id: string): void;
  /** A new one for what is selected. */
  add(): Promise<void>;
  stop(): void;
}

const TELL_AFTER_MS = 10_000;

export function createShortForms(
  field: HTMLTextAreaElement,
  api: TypingApi,
  banner: Banner,
  { expansions, mayCompany }: Pick<TypingHelp, 'expansions' | 'mayCompany'>,
): ShortForms {
  const byShortForm = new Map(expansions.map((one) => [one.shortForm, one]));
  const sittingId = crypto.randomUUID();
  const uses = new Map<string, number>();
  let told = 0;
  let total = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function tell(): void {
    clearTimeout(timer);
    if (total === told) return;
    told = total;
    api.countUses(
      sittingId,
      [...uses].map(([id, count]) => ({ id, uses: count })),
    );
  }
  addEventListener('pagehide', tell);

  async function put(shortForm: string, text: string, isCompany: boolean): Promise<void> {
    const before = byShortForm.get(shortForm.trim().toLowerCase());
    const made = await api.putExpansion({ shortForm, text, isCompany });
    // A person's own goes first.
    if (!(made.isCompany && before && !before.isCompany)) byShortForm.set(made.shortForm, made);
    const wasOther = before && before.isCompany === made.isCompany && before.text !== made.text;
    banner.show(
      wasOther
        ? `“${made.shortForm}” was “${cut(before.text)}” until now.`
        : `“${made.shortForm}” and a blank are “${cut(made.text)}” from now on.`,
      [
        ...(wasOther
          ? [
              {
                label: 'Put it back',
                run: () => void tried(() => put(made.shortForm, before.text, isCompany)),
              },
            ]
          : []),
        { label: 'All right', run: banner.hide },
      ],
      wasOther ? 'waiting' : 'good',
    );
  }

  async function tried(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof TypingTrouble)) throw error;
      banner.show(error.message);
    }
  }

  return {
    find: (shortForm) => byShortForm.get(shortForm),
    used(id) {
      uses.set(id, (uses.get(id) ?? 0) + 1);
      total += 1;
      clearTimeout(timer);
      timer = setTimeout(tell, TELL_AFTER_MS);
    },
    async add() {
      const { selectionStart, selectionEnd } = field;
      const selected = field.value.slice(selectionStart, selectionEnd).trim();
      const answer = await ask('New short form', [
        { name: 'shortForm', label: 'What you type', kind: 'text', value: '', required: true },
        {
          name: 'text',
          label: 'What stands there then',
          kind: 'text',
          value: oneLine(selected),
          required: true,
        },
        ...(mayCompany
          ? [
              {
                name: 'whose',
                label: 'For whom',
                kind: 'select' as const,
                value: 'me',
                options: [
                  ['me', 'Only me'],
                  ['company', 'Everybody who types here'],
                ] as const,
              },
            ]
          : []),
      ]);
      if (answer === null || answer === 'remove') return;
      // A field of one line can't show paragraphs; left as it was they are kept.
      const text = answer.text === oneLine(selected) ? selected : (answer.text ?? '');
      await tried(() => put(answer.shortForm ?? '', text, answer.whose === 'company'));
    },
    stop() {
      tell();
      removeEventListener('pagehide', tell);
    },
  };
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ');
const cut = (text: string) => (text.length > 60 ? `${oneLine(text).slice(0, 58)}…` : oneLine(text));
