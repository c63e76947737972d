import { z } from 'zod';

/** Settings of the company for all lines; the row `phone` of its settings. What is missing or unfit is standard. */
export interface PhoneSettings {
  /** Keys while dictating, by name; people may have their own. */
  keyMap: string;
  /** How long after a call broke off the next one may go on with it, when the caller seemed to hang up … */
  resumeMinutes: number;
  /** … and when the carrier said that the line failed. */
  resumeAfterFailureMinutes: number;
  /** What is on hold for longer is sent. */
  holdHours: number;
}

export const PHONE_SETTINGS_KEY = 'phone';

export const STANDARD_PHONE_SETTINGS: PhoneSettings = {
  keyMap: 'standard',
  resumeMinutes: 10,
  resumeAfterFailureMinutes: 60,
  holdHours: 24,
};

const { keyMap, resumeMinutes, resumeAfterFailureMinutes, holdHours } = STANDARD_PHONE_SETTINGS;

const schema = z.object({
  keyMap: z.string().catch(keyMap),
  resumeMinutes: z.number().min(0).max(1440).catch(resumeMinutes),
  resumeAfterFailureMinutes: z.number().min(0).max(1440).catch(resumeAfterFailureMinutes),
  holdHours: z.number().min(1).max(720).catch(holdHours),
});

/** @param value the row's value, null when there is none */
export function readPhoneSettings(value: unknown): PhoneSettings {
  return schema.parse(typeof value === 'object' && value !== null ? value : {});
}
