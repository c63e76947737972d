import type { MappingFields } from './mapping.ts';

/** Something that a template may use. */
export interface TemplateName {
  /** As it is written: `report.date`. */
  name: string;
  /** What it stands for, in words. */
  says: string;
  /** A list: gone through with `{{#each name}} … {{/each}}`. */
  list?: boolean;
}

/** What can be done to a value. */
export const TEMPLATE_HELPERS: readonly TemplateName[] = [
  { name: 'join displays "; "', says: 'several values with something between them' },
  { name: 'truncate numbered 200', says: 'at most so many characters' },
  { name: 'lower value', says: 'in small letters' },
  { name: 'upper value', says: 'in capital letters' },
];

export const HELPERS = ['join', 'truncate', 'lower', 'upper', 'eq'] as const;

const REPORT: readonly TemplateName[] = [
  { name: 'report.date', says: 'day of the meeting' },
  { name: 'report.speaker', says: 'who dictated it' },
  { name: 'report.speakerEmail', says: 'their e-mail address, by which most CRMs know a person' },
  { name: 'report.account', says: 'the customer' },
  { name: 'report.people', says: 'people at the customer, one a line' },
  { name: 'report.summary', says: 'its sentences about business, as many as fit' },
  { name: 'report.sentiment', says: 'positive, neutral or negative' },
  { name: 'report.reference', says: 'its number' },
  { name: 'report.link', says: 'address of the report here' },
  { name: 'report.line', says: 'the line it came in on' },
  { name: 'report.region', says: 'region of whoever dictated it' },
];
const UNITS: readonly TemplateName[] = [
  { name: 'numbered', says: 'the sentences with their numbers, one a line' },
  { name: 'units', says: 'the sentences: this.number, this.text, this.link', list: true },
];
const VALUES: readonly TemplateName[] = [
  { name: 'display', says: 'the value as people read it' },
  { name: 'value', says: 'the value as it is kept' },
  { name: 'displays', says: 'all values of this field in the report', list: true },
  { name: 'unit.number', says: 'number of the sentence that says it' },
  { name: 'unit.text', says: 'the sentence that says it' },
  { name: 'link', says: 'address of that sentence here' },
];
const FIGURES: readonly TemplateName[] = [
  { name: 'value.value', says: 'the figure alone' },
  { name: 'value.of', says: 'what it is of: deal, price, budget …' },
];
const STEPS: readonly TemplateName[] = [
  { name: 'step.text', says: 'what is to be done' },
  { name: 'step.owner', says: 'rep, customer or colleague' },
  { name: 'step.due', says: 'day by which it is due, empty when none was named' },
  { name: 'step.status', says: 'open or done' },
  { name: 'step.doneOn', says: 'day on which it was ticked off' },
  { name: 'link', says: 'address of the sentence that promises it' },
];
const PERSON: readonly TemplateName[] = [
  { name: 'person.name', says: 'the person' },
  { name: 'person.title', says: 'their title' },
];

/** What a template of a mapping may use: first what comes of its source, then what every report has. Pure. */
export function templateNames({
  source,
  objectType,
}: Pick<MappingFields, 'source' | 'objectType'>): TemplateName[] {
  return [...sourceNames(source), ...(objectType === 'contact' ? PERSON : []), ...REPORT];
}

function sourceNames(source: string): readonly TemplateName[] {
  if (source === 'next_step') return STEPS;
  if (source === 'report' || source === 'contact' || source.startsWith('code:')) return UNITS;
  const isFigure = source.split('+').some((field) => /^(amount|percent)(:|$)/.test(field));
  return isFigure ? [...FIGURES, ...VALUES] : VALUES;
}
