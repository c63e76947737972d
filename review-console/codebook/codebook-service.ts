import type { Applied } from '../../transcription/codebook/apply-draft.ts';

/** What changes past units needs counts and CRMs, which `app` puts in. */
export interface CodebookService {
  apply(input: { revision: number; note: string; actorId: string }): Promise<Applied>;
  undo(input: { version: number; actorId: string }): Promise<Applied>;
}
