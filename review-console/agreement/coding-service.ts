import type { SettleDispute } from '../../transcription/coding/double/settle-dispute.ts';

/** What settling needs of other domains is put in by `app`. */
export interface CodingService {
  settle(input: SettleDispute): Promise<{ inReport: boolean; isNew: boolean }>;
}
