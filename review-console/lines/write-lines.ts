import type { LinePurpose } from '../../prisma/generated/client/client.ts';

/** What an administrator says of a line; left out stays as it is. */
export interface LineChange {
  number?: string;
  purpose?: LinePurpose;
  name?: string;
  language?: string;
  voice?: string | null;
  turnaroundMinutes?: number;
  /** Null: after turnaroundMinutes. */
  turnaroundClassId?: string | null;
  requirements?: string[];
  keepAudioDays?: number | null;
  surveyId?: string | null;
  proposalId?: string | null;
  active?: boolean;
}

/** The service that adds and changes lines, handed in by app; audits, and throws InvalidInput, Conflict, NotFound. */
export interface LinesWriter {
  create(
    input: LineChange & { number: string; purpose: LinePurpose; name: string },
    actorId: string,
  ): Promise<{ id: string }>;
  update(lineId: string, change: LineChange, actorId: string): Promise<unknown>;
}
