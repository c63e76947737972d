import { redactSelection } from '../redaction/redact-selection.ts';
import type { Player } from './audio/player.ts';
import type { Banner } from './dialogs/banner.ts';
import type { LocalDrafts } from './saving/local-drafts.ts';
import type { JobDetail } from './wire.ts';
import type { Work } from './work.ts';

export interface RedactParts {
  job: JobDetail;
  work: Work;
  field: HTMLTextAreaElement;
  player: Player;
  banner: Banner;
  drafts: LocalDrafts;
  saveNow(): Promise<void>;
  /** Nothing is sent or kept any more. */
  stop(): void;
}

/**
 * Takes what is selected out of the text and the audio for good. Afterwards the page is loaded anew: what the field can
 * undo, what this computer keeps, the sound and the waveform all held it.
 */
export async function redactText({
  job,
  work,
  field,
  player,
  banner,
  drafts,
  saveNow,
  stop,
}: RedactParts): Promise<void> {
  if (work.stopped) return;
  await silence(player);
  try {
    await redactSelection({
      jobId: job.id,
      dictationId: job.dictation.id,
      leaseToken: () => work.leaseToken,
      text: () => work.typed.text,
      selection: () => ({ start: field.selectionStart, end: field.selectionEnd }),
      flush: () =>
        saveNow().then(
          () => true,
          () => false,
        ),
      async adopt() {
        stop();
        await drafts.remove(job.id);
        location.reload();
      },
      tell: (message) => banner.show(message),
    });
  } catch {
    banner.show('Nothing was redacted: the server is not reachable. Try again.', [], 'late');
  }
  if (!work.stopped) field.focus();
}

/**
 * Stops the sound, and waits until where it stopped is noted: noted later, it would be a change of the text that is about
 * to be redacted.
 */
async function silence({ audio, pause }: Player): Promise<void> {
  if (audio.paused) return;
  const stopped = new Promise((resolve) => audio.addEventListener('pause', resolve, { once: true }));
  pause();
  await stopped;
}
