import type { KeptMark } from '../../../../transcription/jobs/draft-history/kept-mark.ts';
import { findSplice } from '../../../../transcription/jobs/text-splice.ts';
import type { Banner } from '../dialogs/banner.ts';
import type { JobApi } from '../job-api.ts';
import { insertAtSelection } from '../text/names-helper.ts';
import type { Work } from '../work.ts';
import { showHistory } from './show-history.ts';

export interface HistoryParts {
  jobId: string;
  api: JobApi;
  banner: Banner;
  field: HTMLTextAreaElement;
  work: Work;
  saveNow(): Promise<void>;
  /** The text, or what belongs to it, has changed: to be saved. */
  keep(): void;
  /** Puts doubts back where they stood; those that were taken away since are marked again. */
  restoreMarks(marks: readonly KeptMark[]): Promise<void>;
}

/** The history of the text that is being typed; what is brought back is one more version, and can be undone. */
export async function openHistory(parts: HistoryParts): Promise<void> {
  const { jobId, api, banner, field, work } = parts;
  if (work.stopped) return;
  // What was typed a moment ago belongs to it. Unreachable, the versions until then are worth seeing all the same.
  await parts.saveNow().catch(() => undefined);
  try {
    const history = await api.loadHistory(jobId);
    await showHistory({
      history,
      now: work.typed.text,
      restore: (revision) => void bringBack(revision),
    });
  } catch (error) {
    banner.show(error instanceof Error ? error.message : NOT_NOW);
  }

  async function bringBack(revision: number): Promise<void> {
    try {
      const { text, anchors, marks } = await api.loadVersion(jobId, revision);
      if (work.stopped) return;
      const splice = findSplice(work.typed.text, text);
      if (splice) {
        field.focus();
        field.setSelectionRange(splice.start, splice.start + splice.removed);
        if (splice.inserted) insertAtSelection(field, splice.inserted);
        else document.execCommand('delete');
      }
      if (field.value !== text) throw new Error(NOT_NOW);
      const places = new Map(marks.map(({ id, start, end }) => [id, { id, start, end }]));
      const known = work.typed.marks?.map((mark) => places.get(mark.id) ?? mark);
      work.typed = { text, anchors, restoredFrom: revision, ...(known && { marks: known }) };
      parts.keep();
      await parts.saveNow();
      await parts.restoreMarks(marks);
      banner.show(
        'Brought back. What stood here before is in the history, too.',
        [{ label: 'All right', run: banner.hide }],
        'good',
      );
    } catch (error) {
      banner.show(error instanceof Error ? error.message : NOT_NOW);
    }
  }
}

const NOT_NOW = 'The history is not reachable right now. Nothing was changed. Try again in a moment.';

/** The history of a text that can't be changed here: done with, or somebody else's. */
export async function showJobHistory(api: JobApi, banner: Banner, jobId: string, now: string): Promise<void> {
  try {
    await showHistory({ history: await api.loadHistory(jobId), now });
  } catch (error) {
    banner.show(error instanceof Error ? error.message : NOT_NOW);
  }
}
