/** Wrong PINs and anonymous IDs that still count against somebody; from the phone, handed in by app. */
export interface AttemptsRow {
  /** What unlocks it; tells nothing by itself. */
  key: string;
  kind:
    | 'own_phone'
    | 'proven_phone'
    | 'strangers'
    | 'caller'
    | 'withheld'
    | 'line'
    | 'id_caller'
    | 'id_withheld'
    | 'id_line';
  subject: { type: 'user' | 'line'; id: string; name: string } | null;
  /** Tells one phone from another. */
  mark: string;
  failures: number;
  lastFailedAt: Date;
  /** Null when another try is free now. */
  blockedUntil: Date | null;
}

export interface AttemptsService {
  list(): Promise<AttemptsRow[]>;
  /** Out: false when there was nothing left to unlock. */
  unlock(key: string, actorId: string): Promise<boolean>;
}
