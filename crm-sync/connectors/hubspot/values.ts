import { localDay } from '../../../platform/time-zone.ts';
import type { CrmFieldValue } from '../connector.ts';
import { isDate } from '../is-date.ts';
import { isUnsaid, noonOf } from './days.ts';
import type { HubspotField } from './properties.ts';
import { fromHtml, toHtml } from './rich-text.ts';

export interface ValueContext {
  /** Of the account. */
  timeZone: string;
  /** Ids of owners by e-mail address in lower case. */
  ownerIds: ReadonlyMap<string, string>;
  /** E-mail addresses in lower case by id. */
  ownerEmails: ReadonlyMap<string, string>;
}

/** `stale`: what we know of the property may be out of date. */
export type ToHubspot = { ok: true; text: string } | { ok: false; message: string; stale?: true };

/** Of any text; a body counts with its markup. */
const MAX_CHARS = 65_536;

/** A value as HubSpot takes it; empty is the empty text. Pure. */
export function toHubspot(field: HubspotField, value: CrmFieldValue, context: ValueContext): ToHubspot {
  const { label, dataType } = field.definition;
  const no = (message: string, stale?: true): ToHubspot => ({ ok: false, message, ...(stale && { stale }) });
  if (value === null) return { ok: true, text: '' };
  switch (dataType) {
    case 'text':
    case 'product': {
      if (typeof value !== 'string') return no(`${label} takes text; change the mapping.`);
      const text = field.isHtml ? toHtml(value) : value;
      return text.length <= MAX_CHARS
        ? { ok: true, text }
        : no(
            `${label} takes ${MAX_CHARS.toLocaleString('en-US')} characters at HubSpot; let the mapping write less.`,
          );
    }
    case 'number':
    case 'money':
      return typeof value === 'number' && Number.isFinite(value)
        ? { ok: true, text: String(value) }
        : no(`${label} takes a number; change the mapping.`);
    case 'date':
      if (typeof value !== 'string' || !isDate(value))
        return no(`${label} takes a date like 2026-03-31; change the mapping.`);
      return {
        ok: true,
        text: field.property.type === 'date' ? value : noonOf(value, context.timeZone).toISOString(),
      };
    case 'person': {
      const id = typeof value === 'string' ? context.ownerIds.get(value.trim().toLowerCase()) : undefined;
      return id === undefined
        ? no(
            `${label} takes the e-mail address of a HubSpot user; invite the person there or change the mapping.`,
          )
        : { ok: true, text: id };
    }
    case 'choice':
    case 'list': {
      const items = typeof value === 'object' ? value : [String(value)];
      const texts = items.map((item) => field.optionValues.get(item));
      return texts.every((text) => text !== undefined)
        ? { ok: true, text: texts.join(';') }
        : no(`${label} has no such option at HubSpot; add it there or change the mapping.`, true);
    }
  }
}

/** What stands at HubSpot, as everybody else here knows it; null when nothing does. Pure. */
export function fromHubspot(
  field: HubspotField,
  text: string | null | undefined,
  context: ValueContext,
): CrmFieldValue {
  if (text === null || text === undefined || text === '') return null;
  switch (field.definition.dataType) {
    case 'text':
    case 'product':
      return (field.isHtml ? fromHtml(text) : text) || null;
    case 'number':
    case 'money': {
      const value = Number(text);
      return Number.isFinite(value) ? value : null;
    }
    case 'date':
      return dayOf(field, text, context.timeZone);
    case 'person':
      return context.ownerEmails.get(text) ?? text;
    case 'choice':
      return field.optionNames.get(text) ?? text;
    case 'list': {
      const items = text.split(';').filter((item) => item !== '');
      return items.length === 0 ? null : items.map((item) => field.optionNames.get(item) ?? item);
    }
  }
}

/** HubSpot answers with days and moments as ISO 8601, and in older places with milliseconds. */
function dayOf({ property }: HubspotField, text: string, timeZone: string): string | null {
  if (isDate(text)) return text;
  const at = new Date(/^-?\d+$/.test(text) ? Number(text) : text);
  if (Number.isNaN(at.getTime())) return null;
  if (property.type === 'date') return at.toISOString().slice(0, 10);
  return isUnsaid(at) ? null : localDay(at, timeZone);
}
