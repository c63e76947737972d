/** What is on file about an account, as a briefing is made from it. Plain data: composing it needs no database. */
export interface BriefingFacts {
  account: { accountId: string; name: string; city: string };
  /** Whom it is told to. */
  listenerId: string;
  /** `YYYY-MM-DD`, where the listener is. */
  today: string;
  /** Newest first. */
  reports: ReportFacts[];
  /** Not done yet; those said last first. */
  promises: PromiseFacts[];
}

export interface ReportFacts {
  reportId: string;
  speaker: Speaker | null;
  /** `YYYY-MM-DD`: of the meeting where it was said, else of the call. */
  day: string;
  isDayConfirmed: boolean;
  /** visit, phone, video, event, email; null: not said. */
  meetingType: string | null;
  /** 1 good, 0 neither, -1 bad, null: not judged. */
  sentiment: number | null;
  /** In which it was said; units are spoken in it. */
  language: string;
  people: { name: string; isConfirmed: boolean }[];
  /** In the order in which they were said, without those that a correction took back. */
  units: UnitFacts[];
}

export interface Speaker {
  id: string;
  name: string;
}

export interface UnitFacts {
  number: number;
  text: string;
  codes: { code: string; isConfirmed: boolean }[];
  /** Names of competitors that it mentions, as they are on file. */
  competitors: string[];
}

export interface PromiseFacts {
  reportId: string;
  unit: number | null;
  speaker: Speaker | null;
  /** rep, colleague (ours) or customer. */
  owner: string;
  text: string;
  /** `YYYY-MM-DD` */
  due: string | null;
  /** Day on which it was said. */
  said: string;
  isConfirmed: boolean;
  language: string;
}
