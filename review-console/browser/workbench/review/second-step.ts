import type { Player } from '../audio/player.ts';
import type { Banner } from '../dialogs/banner.ts';
import { byId, setText } from '../dom.ts';
import { askUnclear } from '../doubts/ask-mark.ts';
import type { Doubts } from '../doubts/doubts.ts';
import { type JobApi, Refused } from '../job-api.ts';
import type { CommandHandlers } from '../keys/commands.ts';
import type { Keys } from '../keys/keys.ts';
import type { JobDetail, JobVocabulary } from '../wire.ts';
import { leaving, type Work } from '../work.ts';
import { finalizeBody } from './finalize-body.ts';
import { claimNext, finalizeSurely } from './finish-job.ts';
import { createTextFinish } from './finish-text.ts';
import { makeReview } from './make-review.ts';
import { carryOver, type Review } from './review.ts';
import { type ReviewStepView, startReview } from './review-step.ts';
import { makesReport } from './said-for-part.ts';
import { type PieceOf, pieceByPauses, pieceOf } from './unit-audio.ts';

/** Fine enough to see the pause between two words. */
const PEAKS_A_SECOND = 50;
const MOST_PEAKS = 200_000;
/** How the server names a place that something is wrong with. */
const FAULTY_UNIT = /^invalid_unit_(\d+)$/;

/** From the text on to the units, back, and to the end of the job. */
export interface SecondStep {
  /** From the text: reads it and shows its units; with the units shown: finishes. */
  goOn(): void;
  show(review: Review): void;
  close(): void;
  /** Of the units; null while the text is shown. */
  readonly commands: CommandHandlers | null;
  /** The text that the units shown were made from; null while the text itself is shown. */
  readonly shownText: string | null;
}

export interface SecondStepParts {
  job: JobDetail;
  vocabulary: JobVocabulary;
  api: JobApi;
  banner: Banner;
  player: Player;
  work: Work;
  field: HTMLTextAreaElement;
  keys: Keys;
  doubts: Pick<Doubts, 'open' | 'hideMarks'>;
  saveNow(): Promise<void>;
  /** What was settled changed: to be kept in the draft. */
  onChange(): void;
  onLeaseLost(): void;
  /** Puts the job on hold until the speaker has answered, and leaves. */
  hold(): Promise<void>;
  /** The server has it for good. */
  leaveJob(): Promise<void>;
}

export function createSecondStep(parts: SecondStepParts): SecondStep {
  const { job, vocabulary, api, banner, player, work, field, keys, doubts } = parts;
  const frame = byId('review', HTMLElement);
  const label = byId('finish-label', HTMLElement);
  const isTextOnly = job.answerTo === null && !makesReport(job);
  const firstLabel = job.answerTo ? 'Correct the report' : isTextOnly ? 'Finish' : 'On to the units';
  let step: ReviewStepView | null = null;
  let byPauses: PieceOf | null = null;
  setText(label, firstLabel);

  async function open(): Promise<void> {
    if (work.stopped || step) return;
    if (!work.typed.text.trim()) {
      banner.show(
        `Nothing is typed yet. To close the job without a transcript, press ${keys.label('menu')}.`,
      );
      return;
    }
    if (job.answerTo) return finish({ leaseToken: work.leaseToken, text: work.typed.text, anchors: [] });
    if (isTextOnly) return finishText();
    banner.show('Reading the text: units, codes, values ...', [], 'good');
    // What is typed while waiting would not be in what is reviewed.
    field.readOnly = true;
    try {
      await parts.saveNow();
      const { text } = work.typed;
      const analysis = await api.analyze(job.id, text, work.review?.heading.accountId ?? null);
      const fresh = makeReview(text, analysis);
      const { review } = work;
      work.review = review?.text === text ? review : review ? carryOver(review, fresh) : fresh;
      banner.hide();
      show(work.review);
    } catch (error) {
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.');
    } finally {
      field.readOnly = work.stopped;
    }
  }

  function show(shown: Review): void {
    player.pause();
    field.hidden = true;
    doubts.hideMarks(true);
    frame.hidden = false;
    document.body.dataset.step = 'review';
    setText(label, 'Finish');
    void loadPauses();
    step = startReview(
      frame,
      shown,
      (start, end) => (byPauses ?? ((from, to) => pieceOf(work.typed, from, to)))(start, end),
      player,
      { job, vocabulary },
      {
        onChange(next) {
          work.review = next;
          parts.onChange();
        },
        onFinish: (done) => void finishReview(done),
        onBackToText: close,
        keyOf: (command) => keys.label(command),
      },
    );
    parts.onChange();
  }

  /** The pauses tell where in the audio a unit is; until they are here, or without them, the typing does. */
  async function loadPauses(): Promise<void> {
    byPauses = null;
    const { peaksUrl, durationSeconds } = job.dictation;
    const points = Math.min(MOST_PEAKS, Math.ceil((durationSeconds ?? 0) * PEAKS_A_SECOND));
    if (points < 1) return;
    const peaks = await api.loadPeaks(peaksUrl, points).catch(() => null);
    if (peaks && peaks.peaks.length > 0) byPauses = pieceByPauses(work.typed, peaks);
  }

  function close(): void {
    if (!step) return;
    step = null;
    frame.hidden = true;
    field.hidden = false;
    doubts.hideMarks(false);
    delete document.body.dataset.step;
    setText(label, firstLabel);
    field.focus();
  }

  function leadTo(code: string): void {
    const unit = FAULTY_UNIT.exec(code)?.[1];
    if (unit) step?.lead(Number(unit) - 1);
    else if (code === 'invalid_heading') step?.lead(-1);
  }

  async function finishReview(done: Review): Promise<void> {
    if (await mayFinish()) await finish(finalizeBody(done, work.leaseToken, work.typed.anchors));
  }

  const finishText = createTextFinish({
    banner,
    text: () => work.typed.text,
    async finish(text) {
      const { leaseToken, typed } = work;
      if (await mayFinish()) await finish({ leaseToken, text, anchors: typed.anchors });
    },
  });

  /** Whether what is unclear stays so. */
  async function mayFinish(): Promise<boolean> {
    if (work.isLeaving || work.stopped) return false;
    const open = doubts.open();
    if (open.length === 0) return true;
    const choice = await askUnclear(open);
    if (choice === 'hold') await parts.hold();
    return choice !== 'hold' && choice !== 'back';
  }

  async function finish(body: object): Promise<void> {
    try {
      await leaving(work, field, async () => {
        player.pause();
        banner.show('Finishing ...', [], 'good');
        await parts.saveNow();
        const { reference } = await finalizeSurely(api, job.id, body, () =>
          banner.show('The server does not answer. Trying again ...'),
        );
        await parts.leaveJob();
        const what = job.answerTo ? 'corrected' : 'finished';
        const named = isTextOnly ? reference : `Report ${reference}`;
        banner.show(`${named} is ${what}. On to the next job ...`, [], 'good');
        location.assign(await claimNext(api, localStorage));
      });
    } catch (error) {
      if (error instanceof Refused && error.code === 'lease_lost') return parts.onLeaseLost();
      if (error instanceof Refused) leadTo(error.code);
      banner.show(error instanceof Error ? error.message : 'That did not work. Try again.', [], 'late');
    }
  }

  return {
    goOn() {
      if (step) step.finish(false);
      else void open();
    },
    show,
    close,
    get commands() {
      return step?.commands ?? null;
    },
    get shownText() {
      return step?.review.text ?? null;
    },
  };
}
