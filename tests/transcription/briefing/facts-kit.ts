import type {
  BriefingFacts,
  PromiseFacts,
  ReportFacts,
  UnitFacts,
} from '../../../transcription/briefing/facts.ts';

export const RITA = { id: 'rita', name: 'Rita Reyes' };
export const DALE = { id: 'dale', name: 'Dale Hutchins' };

/** A unit of one code that a person confirmed. */
export function unit(number: number, text: string, code = 'admin', more: Partial<UnitFacts> = {}): UnitFacts {
  return { number, text, codes: [{ code, isConfirmed: true }], competitors: [], ...more };
}

export function guessed(number: number, text: string, code: string): UnitFacts {
  return unit(number, text, code, { codes: [{ code, isConfirmed: false }] });
}

export function report(reportId: string, more: Partial<ReportFacts> = {}): ReportFacts {
  return {
    reportId,
    speaker: RITA,
    day: '2026-11-16',
    isDayConfirmed: true,
    meetingType: 'visit',
    sentiment: null,
    language: 'en-US',
    people: [{ name: 'Ann Lee', isConfirmed: true }],
    units: [],
    ...more,
  };
}

export function promise(text: string, more: Partial<PromiseFacts> = {}): PromiseFacts {
  return {
    reportId: 'r1',
    unit: null,
    speaker: RITA,
    owner: 'rep',
    text,
    due: '2026-11-20',
    said: '2026-11-16',
    isConfirmed: true,
    language: 'en-US',
    ...more,
  };
}

/** Told to Rita on a Wednesday. */
export function facts(more: Partial<BriefingFacts> = {}): BriefingFacts {
  return {
    account: { accountId: 'a1', name: 'Wabash Canning', city: 'Terre Haute' },
    listenerId: RITA.id,
    today: '2026-11-18',
    reports: [],
    promises: [],
    ...more,
  };
}
