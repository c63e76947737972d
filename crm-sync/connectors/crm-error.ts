/** How far a refusal reaches. */
export type CrmErrorKind =
  /** May succeed later without anybody doing anything; what became of the request is not known. */
  | 'transient'
  /** The CRM's limit: nothing was done, and nothing else should be asked for until `retryAfterMs` is over. */
  | 'limit'
  /** The connection itself: signed out, no right, wrong address. Nothing will succeed until a person acts. */
  | 'connection'
  /** This request; asking again gives the same answer. */
  | 'permanent';

/**
 * What a CRM said about a request as a whole. `message` is a sentence for a person that says what to do; it holds
 * no field values, since it is shown and logged.
 */
export class CrmError extends Error {
  readonly kind: CrmErrorKind;
  /** As the CRM asked; null: it did not say. */
  readonly retryAfterMs: number | null;
  /** Of the CRM's answer; null when there was none. */
  readonly status: number | null;

  constructor(
    kind: CrmErrorKind,
    message: string,
    { retryAfterMs = null, status = null, cause }: CrmErrorDetails = {},
  ) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'CrmError';
    this.kind = kind;
    this.retryAfterMs = retryAfterMs;
    this.status = status;
  }
}

export interface CrmErrorDetails {
  retryAfterMs?: number | null;
  status?: number | null;
  cause?: unknown;
}
