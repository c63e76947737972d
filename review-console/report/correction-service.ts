/** What the screens need of correcting; only the app knows what other domains do when a text is corrected. */
export interface CorrectionService {
  correct(correction: {
    reportId: string;
    userId: string;
    text: string;
    version: number;
  }): Promise<{ transcriptVersion: number }>;
  preview(correction: { reportId: string; dictationId: string; text: string }): Promise<{
    units: { number: number | null; text: string }[];
    gone: { number: number; text: string }[];
  }>;
}
