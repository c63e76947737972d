import type { Passage } from '../../../../transcription/doubts/move-passage.ts';
import type { KeptMark } from '../../../../transcription/jobs/draft-history/kept-mark.ts';
import type { Player } from '../audio/player.ts';
import type { Banner } from '../dialogs/banner.ts';
import { type JobApi, Refused } from '../job-api.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import type { Keys } from '../keys/keys.ts';
import { pieceOf } from '../review/unit-audio.ts';
import type { Doubt, JobDetail } from '../wire.ts';
import type { Work } from '../work.ts';
import { createAnswerPlayer } from './answer-player.ts';
import { createAnswerToPanel } from './answer-to-panel.ts';
import { type AskedMark, askAct, askMark } from './ask-mark.ts';
import { createDoubtsPanel, type DoubtAct } from './doubts-panel.ts';
import { createPassagePlayer } from './hear-passage.ts';
import { passageAfter, passageAt, passageBefore, passageUnder } from './passage-at.ts';
import { createSeams, type Seam } from './seams.ts';
import { createTextMarks } from './text-marks.ts';
import { KINDS, quote } from './words.ts';

/** Unclear passages: marked, sent back, answered, in the text, on the waveform and beside it. */
export interface Doubts {
  /** Marks what is selected or the word at the cursor; at a mark: what is to be done about it. */
  mark(): Promise<void>;
  /** A key for each kind: marks at once, without a question. */
  readonly commands: CommandHandlers;
  /** To the next one, or the one before, with its audio. */
  next(direction: 1 | -1): void;
  /** The passage at the cursor, or else the one heard last, once more; then slower. */
  hearAgain(): void;
  /** Puts doubts back where they stood; those that were taken away since are marked again. */
  restore(marks: readonly KeptMark[]): Promise<void>;
  /** The answer at the cursor, or the one that came last; in an answer's own job the passage as it was said first. */
  listen(): void;
  /** The text has changed. */
  draw(): void;
  /** Looks what the server knows, and tells of new answers. */
  refresh(): Promise<void>;
  hideMarks(isHidden: boolean): void;
  open(): readonly Doubt[];
}

export interface DoubtsParts {
  job: JobDetail;
  keys: Keys;
  api: JobApi;
  banner: Banner;
  field: HTMLTextAreaElement;
  side: HTMLElement;
  player: Player;
  work: Work;
  saveNow(): Promise<void>;
  /** Marks have come, gone or moved: they belong to the draft. */
  onMarks(): void;
  showOnWave(pieces: readonly { startMs: number; endMs: number; title: string; state: string }[]): void;
  /** From the second step back to the text. */
  toText(): void;
}

/** Somebody marks what they have just heard. */
const JUST_HEARD_MS = 4_000;
/** The list beside the text rests while somebody types. */
const BESIDE_MS = 200;
/** What a key has marked is said for a moment. */
const TOLD_MS = 2_500;
/** A cursor within this of a dropped line, by the typing, is at it. */
const NEAR_SEAM_MS = 6_000;

export function createDoubts(parts: DoubtsParts): Doubts {
  const { job, keys, api, banner, field, player, work } = parts;
  const { answerTo } = job;
  let known: readonly Doubt[] = job.doubts;
  let fresh: ReadonlySet<string> = new Set();
  const marks = createTextMarks(field);
  const answers = createAnswerPlayer(player, (message) => banner.show(message));
  const passages = createPassagePlayer(player, answers.stop);
  let told: ReturnType<typeof setTimeout> | undefined;
  const panel = createDoubtsPanel((id, act) => void run(id, act), {
    mark: (seam) => void markSeam(seam),
    hear: ({ audioMs }) => passages.play({ id: `seam ${audioMs}`, audioMs, audioEndMs: audioMs }),
    dismiss(seam) {
      seams.dismiss(seam);
      drawAll();
    },
  });
  const seams = createSeams({
    jobId: job.id,
    seamsMs: answerTo ? [] : job.dictation.seamsMs,
    storage: localStorage,
    typed: () => work.typed,
    doubts: () => known,
  });
  const first = parts.side.querySelector('.side-part');
  first?.after(...(answerTo ? [createAnswerToPanel(answerTo, keys, listen)] : []), panel.element);

  /** With the places in the text as it is here. */
  function placed(): Doubt[] {
    const places = new Map(work.typed.marks?.map((mark) => [mark.id, mark]));
    return known
      .map((doubt) => ({ ...doubt, ...places.get(doubt.id) }))
      .toSorted((a, b) => a.start - b.start);
  }
  const open = () => placed().filter(({ state }) => state !== 'resolved');

  let later: ReturnType<typeof setTimeout> | undefined;
  /** What stands beside the text may follow it a moment later: a key must not wait for it. */
  function draw(): void {
    const all = placed();
    drawMarks(all);
    clearTimeout(later);
    later = setTimeout(() => drawBeside(placed()), BESIDE_MS);
  }

  function drawAll(): void {
    clearTimeout(later);
    const all = placed();
    drawMarks(all);
    drawBeside(all);
  }

  function drawMarks(all: readonly Doubt[]): void {
    marks.draw(
      work.typed.text,
      all.flatMap(({ id, start, end, state }) =>
        state === 'resolved' ? [] : [{ start, end, state, isFresh: fresh.has(id) }],
      ),
    );
  }

  let onWave = '';
  function drawBeside(all: readonly Doubt[]): void {
    panel.draw(work.typed.text, all, fresh, seams.proposed());
    const pieces = all.flatMap(({ audioMs, audioEndMs, state, ...passage }) =>
      state === 'resolved'
        ? []
        : [{ startMs: audioMs, endMs: audioEndMs, state, title: quote(work.typed.text, passage) }],
    );
    const isNew = JSON.stringify(pieces);
    if (isNew === onWave) return;
    onWave = isNew;
    parts.showOnWave(pieces);
  }

  /** Takes over what the server says; offsets of marks that are known here stay as they are here. */
  function take(doubts: readonly Doubt[]): void {
    const before = new Map(work.typed.marks?.map((mark) => [mark.id, mark]));
    known = doubts;
    const places = doubts.map(({ id, start, end }) => before.get(id) ?? { id, start, end });
    work.typed = { ...work.typed, marks: places };
    drawAll();
  }

  const replace = (doubt: Doubt) =>
    take(
      known.some(({ id }) => id === doubt.id)
        ? known.map((old) => (old.id === doubt.id ? doubt : old))
        : [...known, doubt],
    );

  async function tried(act: () => Promise<void>): Promise<void> {
    try {
      await act();
    } catch (error) {
      const isReason = error instanceof Refused;
      banner.show(
        isReason ? error.message : 'The server is not reachable, so nothing was marked. Try again.',
      );
    }
  }

  /** Where in the audio it is said, as far as the typing tells; else what was heard last. */
  function audioOf(start: number, end: number): { audioMs: number; audioEndMs: number } {
    const nowMs = Math.round(player.seconds * 1000);
    const piece = pieceOf(work.typed, start, end);
    const isAtEnd = work.typed.text.slice(end).trim() === '';
    if (!piece) {
      const audioMs = Math.max(0, nowMs - JUST_HEARD_MS);
      return { audioMs, audioEndMs: audioMs + JUST_HEARD_MS };
    }
    const audioMs = Math.round(piece.start * 1000);
    // The last word typed: what was heard since belongs to it.
    const endMs = Math.round(piece.end * 1000);
    const audioEndMs = isAtEnd ? Math.max(endMs, Math.min(nowMs, audioMs + 2 * JUST_HEARD_MS)) : endMs;
    return { audioMs, audioEndMs };
  }

  async function mark(): Promise<void> {
    if (work.stopped || answerTo) return;
    const { selectionStart: from, selectionEnd: to } = field;
    const under = passageUnder(open(), from, to);
    if (under) {
      const act = await askAct(quote(work.typed.text, under), under, keys);
      if (act) await run(under.id, act);
      return;
    }
    const passage = passageAt(work.typed.text, from, to);
    const place = audioOf(passage.start, passage.end);
    const asked = await askMark(quote(work.typed.text, passage), passage.start === passage.end);
    if (asked && !work.stopped) await add(passage, place, asked);
  }

  /** Without a question. At a mark already: it becomes one of this kind. */
  async function markAs(kind: Doubt['kind']): Promise<void> {
    if (work.stopped || answerTo) return;
    const { selectionStart: from, selectionEnd: to } = field;
    const seam = kind === 'lost_signal' ? seams.near(from, NEAR_SEAM_MS) : null;
    if (seam) return markSeam(seam);
    const passage =
      kind === 'inaudible' && from === to ? { start: from, end: from } : passageAt(work.typed.text, from, to);
    const same = open().find((doubt) => doubt.start === passage.start && doubt.end === passage.end);
    if (same?.kind === kind) return;
    if (same?.state === 'marked') await run(same.id, 'remove');
    await add(passage, audioOf(passage.start, passage.end), {
      kind,
      note: same?.note ?? '',
      askSpeaker: false,
    });
    const label = KINDS[kind].toLowerCase();
    banner.show(`${quote(work.typed.text, passage)} is marked: ${label}.`, [], 'good');
    clearTimeout(told);
    told = setTimeout(banner.hide, TOLD_MS);
  }

  const markSeam = ({ audioMs, at }: Seam) =>
    add(
      { start: at, end: at },
      { audioMs: Math.max(0, audioMs - 500), audioEndMs: audioMs + 500 },
      {
        kind: 'lost_signal',
        note: 'The call was dropped here and resumed.',
        askSpeaker: false,
      },
    );

  async function add(
    passage: Passage,
    place: { audioMs: number; audioEndMs: number },
    asked: AskedMark,
    id: string = crypto.randomUUID(),
  ): Promise<void> {
    // Among the marks from now on, so that it moves with what is typed while the server is asked.
    work.typed = { ...work.typed, marks: [...(work.typed.marks ?? []), { id, ...passage }] };
    await tried(async () => {
      try {
        await parts.saveNow();
        const { start, end } = work.typed.marks?.find((made) => made.id === id) ?? passage;
        const { kind, note } = asked;
        const body = { id, kind, start, end, ...place, ...(note && { note }) };
        replace(await api.markDoubt(job.id, work.leaseToken, body));
      } catch (error) {
        work.typed = { ...work.typed, marks: work.typed.marks?.filter((made) => made.id !== id) };
        throw error;
      }
      parts.onMarks();
      if (asked.askSpeaker) replace(await api.askSpeaker(job.id, work.leaseToken, id, false));
    });
  }

  async function run(id: string, act: DoubtAct): Promise<void> {
    const doubt = placed().find((one) => one.id === id);
    if (!doubt) return;
    if (act === 'go') return go(doubt);
    if (act === 'slower') return passages.slower(doubt);
    if (act === 'listen') return hear(doubt);
    if (work.stopped) return;
    await tried(async () => {
      const { leaseToken } = work;
      if (act === 'ask') replace(await api.askSpeaker(job.id, leaseToken, id, doubt.state !== 'marked'));
      if (act === 'resolve') replace(await api.resolveDoubt(job.id, leaseToken, id));
      if (act === 'remove') {
        await api.removeDoubt(job.id, leaseToken, id);
        take(known.filter((one) => one.id !== id));
      }
      parts.onMarks();
    });
  }

  function go(doubt: Doubt): void {
    parts.toText();
    field.focus();
    field.setSelectionRange(doubt.start, doubt.end);
    passages.play(doubt);
  }

  function hearAgain(): void {
    const all = open();
    const here =
      passageUnder(all, field.selectionStart, field.selectionEnd) ??
      all.find(({ id }) => id === passages.heardId);
    if (here) passages.again(here);
  }

  async function restore(kept: readonly KeptMark[]): Promise<void> {
    const there = new Set(known.map(({ id }) => id));
    for (const { id, start, end, kind, audioMs, audioEndMs, note } of kept) {
      if (there.has(id)) continue;
      const place = { audioMs, audioEndMs: audioEndMs ?? audioMs + JUST_HEARD_MS };
      await add({ start, end }, place, { kind, note: note ?? '', askSpeaker: false }, id);
    }
    draw();
  }

  function hear({ id, answers: said }: Doubt): void {
    const last = said.at(-1);
    if (!last) return;
    if (fresh.has(id)) {
      fresh = new Set([...fresh].filter((one) => one !== id));
      drawAll();
    }
    answers.play(last.audioUrl);
  }

  function listen(): void {
    if (answerTo) {
      const { audioUrl, audioMs: startMs, audioEndMs } = answerTo;
      answers.play(audioUrl, { startMs, endMs: (audioEndMs ?? startMs) + JUST_HEARD_MS });
      return;
    }
    const answered = placed().filter((doubt) => doubt.answers.length > 0);
    const here = passageUnder(answered, field.selectionStart, field.selectionEnd);
    const newest = answered.toSorted((a, b) => (b.answeredAt ?? '').localeCompare(a.answeredAt ?? ''))[0];
    const chosen = here ?? answered.find(({ id }) => fresh.has(id)) ?? newest;
    if (chosen) hear(chosen);
    else
      banner.show(`No speaker has answered here. Mark a passage with ${keys.label('mark-unclear')} to ask.`);
  }

  function tellOf(doubt: Doubt): void {
    const words = quote(work.typed.text, doubt);
    const goThere = { label: 'Go there', run: () => go(doubt) };
    if (doubt.state === 'unknown') {
      banner.show(`${words}: the speaker does not know any more.`, [goThere]);
      return;
    }
    banner.show(
      `The speaker has answered: ${words}.`,
      [
        { label: `Hear it (${keys.label('hear-answer')})`, run: () => hear(doubt) },
        goThere,
        { label: 'Later', run: banner.hide },
      ],
      'good',
    );
  }

  return {
    mark,
    commands: {
      'mark-inaudible': () => void markAs('inaudible'),
      'mark-word': () => void markAs('unsure_word'),
      'mark-spelling': () => void markAs('unsure_spelling'),
      'mark-lost': () => void markAs('lost_signal'),
    },
    listen,
    draw,
    open,
    hearAgain,
    restore,
    hideMarks: marks.hide,
    next(direction) {
      const find = direction === 1 ? passageAfter : passageBefore;
      const next = find(open(), field.selectionStart);
      if (next) go(next);
      else banner.show('Nothing is marked as unclear.', [], 'good');
    },
    async refresh() {
      if (work.stopped) return;
      const doubts = await api.loadDoubts(job.id).catch(() => null);
      if (!doubts || work.stopped) return;
      const before = new Map(known.map((doubt) => [doubt.id, doubt.answeredAt]));
      const came = doubts.filter(
        ({ id, state, answeredAt }) =>
          (state === 'answered' || state === 'unknown') && before.has(id) && before.get(id) !== answeredAt,
      );
      fresh = new Set([...fresh, ...came.map(({ id }) => id)]);
      take(doubts);
      const last = placed().find(({ id }) => id === came.at(-1)?.id);
      if (last) tellOf(last);
    },
  };
}
