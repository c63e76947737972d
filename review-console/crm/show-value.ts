import type { CrmDataType, CrmFieldValue } from '../../crm-sync/connectors/connector.ts';
import { isDate } from '../../crm-sync/connectors/is-date.ts';
import { fullDay } from '../view-helpers/dates.ts';

/** What our own templates begin a dated entry with, and end the name of an activity with. */
const DATED_LINE = /^(\d{4}-\d{2}-\d{2})(?= · )/gm;
const DATED_NAME = /, (\d{4}-\d{2}-\d{2})$/;

const readable = (day: string) => (isDate(day) ? fullDay(day) : day);

/** A value of the CRM as a person reads it; the CRM and the API keep their own spelling. Pure. */
export function showValue(value: CrmFieldValue, dataType: CrmDataType): string {
  if (value === null) return '';
  if (typeof value === 'number') return value.toLocaleString('en-US');
  if (typeof value !== 'string') return value.join(', ');
  if (dataType === 'date') return readable(value);
  if (dataType === 'choice') return showChoice(value);
  return value.replace(DATED_LINE, readable);
}

/** `in_review` as "In review". */
export function showChoice(option: string): string {
  return option.replaceAll('_', ' ').replace(/^./, (first) => first.toUpperCase());
}

/** "Hill Mill, 2026-10-19" as "Hill Mill · Mon, Oct 19, 2026". */
export function showName(name: string): string {
  return name.replace(DATED_NAME, (_, day: string) => ` · ${readable(day)}`);
}
