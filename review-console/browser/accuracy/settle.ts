import { plainKey } from '../dom.ts';
import { byId, element, setText } from '../workbench/dom.ts';
import { type Check, type Difference, decide, readCheck, settle, type Verdict } from './check-api.ts';
import { createClipPlayer } from './clip-player.ts';

/** Played around the disputed words. */
const AROUND_MS = 1_500;
const SHORTEST_MS = 400;

const REASONS: Record<string, string> = {
  name: 'a name',
  number: 'a figure',
  negation: 'a negation',
  omitted: 'only one has it',
  added: 'only one has it',
};

/**
 * Two texts side by side and the places where they differ, one at a time: what is said there, by keys alone. Which text
 * stands on the left is as good as random, so that neither "the first" nor "the report's" is preferred.
 */
export function startSettling(): void {
  const root = document.getElementById('settle');
  const checkId = root?.dataset.check;
  if (root && checkId) void open(checkId);
}

async function open(checkId: string): Promise<void> {
  const told = byId('told', HTMLElement);
  const tell = (error: unknown) => {
    told.hidden = error === null;
    setText(told, error instanceof Error ? error.message : '');
  };
  let check: Check;
  try {
    check = await readCheck(checkId);
  } catch (error) {
    return tell(error);
  }
  const player = createClipPlayer(byId('audio', HTMLAudioElement));
  const isTurned = Number.parseInt(checkId.at(-1) ?? '0', 16) % 2 === 1;
  const [left, right] = isTurned ? (['second', 'first'] as const) : (['first', 'second'] as const);
  let at = Math.max(
    0,
    check.differences.findIndex(({ verdict }) => verdict === null),
  );
  const current = (): Difference | undefined => check.differences[at];

  const speaker = check.speaker ?? 'Unknown speaker';
  const day = new Intl.DateTimeFormat('en-US', { dateStyle: 'medium' }).format(new Date(check.startedAt));
  setText(byId('about', HTMLElement), `${speaker} · ${check.line} · ${day}`);
  fill(byId('left', HTMLElement), check, left, go);
  fill(byId('right', HTMLElement), check, right, go);
  byId('panel', HTMLElement).hidden = false;

  const words = (text: string) => text || '(nothing)';
  function show(): void {
    const difference = current();
    const open = check.differences.filter(({ verdict }) => verdict === null).length;
    const total = check.differences.length;
    const rest =
      total === 0
        ? 'The two texts are the same.'
        : open === 0
          ? `All ${total} decided`
          : `${total - open} of ${total} decided`;
    setText(byId('tally', HTMLElement), check.status === 'settled' ? 'Settled' : rest);
    byId('finish', HTMLButtonElement).setAttribute(
      'aria-disabled',
      String(open > 0 || check.status !== 'to_settle'),
    );
    for (const each of check.differences)
      for (const mark of document.querySelectorAll<HTMLElement>(`[data-difference="${each.id}"]`)) {
        const isRight = mark.dataset.side === each.verdict || each.verdict === 'both';
        mark.dataset.state = each.verdict === null ? 'open' : isRight ? 'taken' : 'left';
        mark.toggleAttribute('data-now', each === difference);
        mark.setAttribute('aria-pressed', String(each === difference));
      }
    if (!difference) {
      setText(byId('place', HTMLElement), 'Nothing differs');
      return;
    }
    setText(byId('place', HTMLElement), `Difference ${at + 1} of ${total}`);
    const reason = byId('reason', HTMLElement);
    reason.hidden = difference.criticalReason === null;
    setText(reason, REASONS[difference.criticalReason ?? ''] ?? '');
    setText(byId('left-words', HTMLElement), words(difference[left].text));
    setText(byId('right-words', HTMLElement), words(difference[right].text));
    for (const button of document.querySelectorAll<HTMLElement>('[data-verdict]')) {
      button.setAttribute('aria-pressed', String(verdictOf(button.dataset.verdict) === difference.verdict));
    }
    byId('words', HTMLInputElement).value =
      difference.verdict === 'another' ? (difference.settledText ?? '') : '';
    byId('critical', HTMLInputElement).checked = difference.critical;
  }

  const verdictOf = (name: string | undefined): Verdict | null =>
    name === 'left' ? left : name === 'right' ? right : name === 'both' ? 'both' : null;

  function go(to: number, isPlayed = true): void {
    if (check.differences.length === 0) return;
    at = Math.min(check.differences.length - 1, Math.max(0, to));
    show();
    const difference = current();
    for (const mark of document.querySelectorAll<HTMLElement>('[data-now]'))
      mark.scrollIntoView({ block: 'center', behavior: 'instant' });
    if (!difference) return;
    setText(
      byId('spoken', HTMLElement),
      `Difference ${at + 1}. Left: ${words(difference[left].text)}. Right: ${words(difference[right].text)}.`,
    );
    if (isPlayed) void play();
  }

  async function play(): Promise<void> {
    const difference = current();
    if (difference?.audioMs == null) return;
    const end = Math.max(difference.audioEndMs ?? 0, difference.audioMs + SHORTEST_MS);
    const played = await player.play({
      dictationId: check.dictationId,
      fromMs: Math.max(0, difference.audioMs - AROUND_MS),
      toMs: end + AROUND_MS,
    });
    if (!played) tell(new Error('This could not be played. Its audio may not be kept any more.'));
  }

  // One request after the other, so that answers come in the order of the keys.
  let queue = Promise.resolve();
  const send = (work: () => Promise<void>) => {
    queue = queue.then(async () => {
      try {
        await work();
        tell(null);
      } catch (error) {
        tell(error);
      }
    });
  };

  function take(verdict: Verdict | null, typed?: string): void {
    const difference = current();
    if (!difference || check.status !== 'to_settle') return;
    const critical = byId('critical', HTMLInputElement).checked;
    send(async () => {
      check = await decide(checkId, difference.id, {
        verdict,
        critical,
        ...(typed !== undefined && { words: typed }),
      });
      const next = check.differences.findIndex((each, index) => index > at && each.verdict === null);
      const any = next >= 0 ? next : check.differences.findIndex((each) => each.verdict === null);
      if (verdict !== null && any >= 0) go(any);
      else show();
    });
  }

  const markCritical = () => {
    const difference = current();
    if (!difference || check.status !== 'to_settle') return;
    const critical = byId('critical', HTMLInputElement).checked;
    const { id, verdict, settledText } = difference;
    send(async () => {
      check = await decide(checkId, id, {
        verdict,
        critical,
        ...(verdict === 'another' && { words: settledText ?? '' }),
      });
      show();
    });
  };

  const finish = () =>
    send(async () => {
      if (byId('finish', HTMLButtonElement).getAttribute('aria-disabled') === 'true') {
        go(check.differences.findIndex(({ verdict }) => verdict === null));
        return;
      }
      await settle(checkId, check.revision);
      location.assign('/accuracy?done=1');
    });

  const actions: Record<string, () => void> = {
    '1': () => take(left),
    ArrowLeft: () => take(left),
    '2': () => take(right),
    ArrowRight: () => take(right),
    '3': () => take('both'),
    '4': () => byId('words', HTMLInputElement).focus(),
    c: () => byId('critical', HTMLInputElement).click(),
    u: () => take(null),
    f: finish,
    j: () => go(at + 1),
    k: () => go(at - 1),
    ' ': () => (player.isPlaying() ? player.stop() : void play()),
  };
  document.addEventListener('keydown', (event) => {
    const key = plainKey(event);
    const action = key === null ? undefined : actions[key];
    // Space on a button presses that button; arrows in a text move in it.
    const isButton =
      event.target instanceof Element && event.target.closest('button, [tabindex="0"]') !== null;
    if (!action || (isButton && (key === ' ' || key?.startsWith('Arrow')))) return;
    event.preventDefault();
    action();
  });
  byId('words', HTMLInputElement).addEventListener('keydown', (event) => {
    if (event.key === 'Escape') byId('words', HTMLInputElement).blur();
  });
  byId('another', HTMLFormElement).addEventListener('submit', (event) => {
    event.preventDefault();
    take('another', byId('words', HTMLInputElement).value);
    byId('words', HTMLInputElement).blur();
  });
  for (const button of document.querySelectorAll<HTMLElement>('[data-verdict]'))
    button.addEventListener('click', () => take(verdictOf(button.dataset.verdict)));
  byId('critical', HTMLInputElement).addEventListener('change', markCritical);
  byId('play', HTMLButtonElement).addEventListener('click', () => void play());
  byId('previous', HTMLButtonElement).addEventListener('click', () => go(at - 1));
  byId('next', HTMLButtonElement).addEventListener('click', () => go(at + 1));
  byId('undo', HTMLButtonElement).addEventListener('click', () => take(null));
  byId('finish', HTMLButtonElement).addEventListener('click', finish);
  go(at, false);
  show();
}

/** One of the two texts, its differing places as buttons. */
function fill(frame: HTMLElement, check: Check, side: 'first' | 'second', go: (at: number) => void): void {
  const text = check[side];
  let from = 0;
  const pieces: (Node | string)[] = [];
  for (const [index, difference] of check.differences.entries()) {
    const { start, end } = difference[side];
    pieces.push(text.slice(from, start));
    pieces.push(
      element(
        'button',
        {
          type: 'button',
          class: 'settle-mark',
          'data-difference': difference.id,
          'data-side': side,
          'aria-label': `Difference ${index + 1}: ${text.slice(start, end) || 'nothing'}`,
          onclick: () => go(index),
        },
        text.slice(start, end) || '‸',
      ),
    );
    from = end;
  }
  pieces.push(text.slice(from));
  frame.replaceChildren(...pieces);
}
