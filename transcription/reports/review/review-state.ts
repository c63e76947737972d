import type { Certainty } from '../../../prisma/generated/client/enums.ts';
import type { KeptValue } from './check-value.ts';

/** How sure something is, what software went by, and who stands behind it. */
export interface Support {
  certainty: Certainty;
  confidence: number | null;
  evidence: string | null;
  confirmedById: string | null;
}

export interface StateCode extends Support {
  code: string;
}

export interface StateUnit {
  id: string;
  number: number;
  text: string;
  start: number;
  end: number;
  /** The main one first; refused ones may stand anywhere. */
  codes: StateCode[];
}

export interface StateValue extends Support {
  id: string;
  field: string;
  position: number;
  value: unknown;
  display: string;
  unitId: string | null;
  startOffset: number | null;
  endOffset: number | null;
}

export interface StateStep extends Support {
  id: string;
  position: number;
  owner: string;
  text: string;
  /** YYYY-MM-DD */
  due: string | null;
  unitId: string | null;
}

/** What can be settled of a report, as it stands: units in force in the order of the text. */
export interface ReviewState {
  units: StateUnit[];
  values: StateValue[];
  steps: StateStep[];
}

export type ReviewAction = 'confirmed' | 'changed' | 'refused' | 'added' | 'reopened';

/** One thing that a decision changed; what a person reads in the report's history and software learns from. */
export interface ReviewRecord {
  action: ReviewAction;
  subject: 'code' | 'value' | 'step';
  key: string;
  subjectId: string | null;
  unitId: string | null;
  before: CodeNote | ValueNote | StepNote | null;
  after: CodeNote | ValueNote | StepNote;
}

export interface CodeNote {
  certainty: Certainty;
  main: boolean;
}

export interface ValueNote {
  certainty: Certainty;
  display: string;
  value: KeptValue | null;
}

export interface StepNote {
  certainty: Certainty;
  owner: string;
  text: string;
  due: string | null;
}

export type Decided = { ok: true; records: ReviewRecord[] } | { ok: false; fault: string };
