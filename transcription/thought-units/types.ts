/**
 * What goes into the analysis of a transcript and what comes out. Pure data: no database, no server.
 * Offsets are UTF-16 code units into the transcript; dates are ISO `YYYY-MM-DD`; confidences are 0..1.
 */

/** The company's words, in the shape that `PUT /api/v1/vocabulary` takes and `analyze --world` reads. */
export interface Vocabulary {
  company: string;
  industry: string;
  reps: VocabularyRep[];
  accounts: VocabularyAccount[];
  contacts: VocabularyContact[];
  products: VocabularyTerm[];
  competitors: VocabularyTerm[];
}

export interface VocabularyRep {
  id: string;
  name: string;
  territory: string;
  region: string;
}

export interface VocabularyAccount {
  id: string;
  name: string;
  aliases: string[];
  city: string;
  state: string;
  region: string;
  lifecycle: 'lead' | 'new' | 'active' | 'inactive';
}

export interface VocabularyContact {
  id: string;
  name: string;
  /** Id of the contact's account. */
  account: string;
  title: string;
}

export interface VocabularyTerm {
  id: string;
  name: string;
  aliases: string[];
}

/** A code of the codebook with what the suggestion goes by. */
export interface CodeDefinition {
  key: string;
  label: string;
  definition: string;
  /** Words and phrases that speak for the code. */
  cues: string[];
}

export interface AnalysisInput {
  transcript: string;
  /** The day of the call, from which "next Thursday" is reckoned. */
  callDate: string;
  /** Vocabulary id of the rep, null when unknown. */
  rep: string | null;
  vocabulary: Vocabulary;
}

export interface SuggestedCode {
  code: string;
  confidence: number;
  /** Why, in words a person understands: `says "purchase order"`. */
  evidence: string;
}

export interface AnalyzedUnit {
  text: string;
  start: number;
  end: number;
  /** True if a new paragraph starts here. */
  para: boolean;
  /** Most fitting first; empty only where the codebook has retired all that would fit. */
  codes: SuggestedCode[];
}

/** A value that software guessed, with what it goes by. */
export interface Suggested<T> {
  value: T;
  /** Index of the unit that says it, null when drawn from the whole report. */
  unit: number | null;
  /** Where in the transcript the words stand, null when drawn from the whole report. */
  span: { start: number; end: number } | null;
  confidence: number;
  evidence: string;
}

export type MeetingType = 'visit' | 'phone' | 'video' | 'event' | 'email';
export type SalesStage =
  | 'prospecting'
  | 'qualification'
  | 'proposal'
  | 'negotiation'
  | 'won'
  | 'lost'
  | 'service';
export type AmountKind = 'deal' | 'price' | 'budget' | 'discount' | 'volume-spend' | 'other';
export type StepOwner = 'rep' | 'customer' | 'colleague';
export type Sentiment = -1 | 0 | 1;

export interface Amount {
  value: number;
  currency: 'USD';
  of: AmountKind;
}

export interface Percent {
  value: number;
  of: AmountKind;
}

export interface NextStep {
  owner: StepOwner;
  due: string | null;
}

export interface AnalyzedFields {
  account: Suggested<string> | null;
  contacts: Suggested<string>[];
  /** Names of people at the customer who are not in the vocabulary. */
  newContacts: Suggested<string>[];
  meetingDate: Suggested<string> | null;
  meetingType: Suggested<MeetingType> | null;
  products: Suggested<string>[];
  competitors: Suggested<string>[];
  newCompetitors: Suggested<string>[];
  amounts: Suggested<Amount>[];
  percents: Suggested<Percent>[];
  /** `unit` is never null here. */
  nextSteps: Suggested<NextStep>[];
  sentiment: Suggested<Sentiment>;
  stage: Suggested<SalesStage> | null;
}

/** A value of a field that the company defined for itself. */
export interface ConfiguredValue extends Suggested<string | number> {
  /** The field's key. */
  field: string;
  label: string;
  /** What a person reads. */
  display: string;
}

export interface Analysis {
  units: AnalyzedUnit[];
  fields: AnalyzedFields;
  /** In the order of the company's fields; a list has several of one field. */
  configured: ConfiguredValue[];
}
