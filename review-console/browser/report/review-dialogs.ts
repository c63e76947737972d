import type { FieldKind } from '../../../transcription/reports/review/field-kinds.ts';
import type { ReviewDecision } from '../../../transcription/reports/review/review-input.ts';
import type { StateStep, StateUnit, StateValue } from '../../../transcription/reports/review/review-state.ts';
import { ask } from '../workbench/dialogs/ask.ts';
import { type Choice, choose } from '../workbench/dialogs/choose.ts';
import { AMOUNT_KINDS, OWNERS } from '../workbench/review/show-value.ts';
import type { WireName } from './review-api.ts';
import type { ReviewModel } from './review-model.ts';

type Given = Extract<ReviewDecision, { do: 'add_value' }>['value'];

/** Words that a person selected, with where they stand. */
export interface Selected {
  unit: number;
  text: string;
  span: { start: number; end: number };
}

export interface DialogHelp {
  model: ReviewModel;
  /** Names of a type, fetched once. */
  names(type: string): Promise<readonly WireName[]>;
}

/** The codes that hold for a unit, the main one first; null: left as it was. */
export async function askCodes(unit: StateUnit, { model }: DialogHelp): Promise<ReviewDecision[] | null> {
  const standing = unit.codes.filter(({ certainty }) => certainty !== 'refused').map(({ code }) => code);
  const chosen = await choose<string>({
    title: `Codes of unit ${unit.number}, the main one first`,
    enter: 'only',
    choices: model.codes.map(({ key, label, definition }) => ({ value: key, label, note: definition })),
    chosen: standing,
  });
  return chosen && chosen.length > 0 ? [{ do: 'codes', unit: unit.number, codes: chosen }] : null;
}

/** Another value for one that stands, or its removal; null: left as it was. */
export async function askChange(value: StateValue, help: DialogHelp): Promise<ReviewDecision[] | null> {
  const kind = help.model.fields.find(({ key }) => key === value.field);
  if (!kind) return null;
  const given = await askValue(kind, { now: value, selected: null }, help);
  if (given === null) return null;
  if (given === 'remove') return [{ do: 'value', id: value.id, certainty: 'refused' }];
  return [{ do: 'value', id: value.id, value: given }];
}

/** A value that was missed: first of which field, then what; said in a unit, by the words that are selected if any. */
export async function askAdded(
  unit: number | null,
  selected: Selected | null,
  help: DialogHelp,
  only?: string,
): Promise<ReviewDecision[] | null> {
  const fields = help.model.fields;
  const picked = only
    ? fields.filter(({ key }) => key === only)
    : await choose<FieldKind>({
        title: selected ? `“${shorten(selected.text)}” is` : 'What was missed?',
        choices: fields.map((kind): Choice<FieldKind> => ({ value: kind, label: kind.label })),
      });
  const kind = picked?.[0];
  if (!kind) return null;
  const given = await askValue(kind, { now: null, selected }, help);
  if (given === null || given === 'remove') return null;
  return [
    {
      do: 'add_value',
      field: kind.key,
      value: given,
      unit: selected?.unit ?? unit,
      ...(selected && { span: selected.span }),
    },
  ];
}

/** A next step of a unit, new or changed. */
export async function askStep(
  unit: StateUnit | null,
  step: StateStep | null,
): Promise<ReviewDecision[] | null> {
  const answer = await ask(
    step ? 'Next step' : `A next step in unit ${unit?.number ?? ''}`,
    [
      { name: 'text', label: 'What', kind: 'text', value: step?.text ?? unit?.text ?? '', required: true },
      { name: 'owner', label: 'Who', kind: 'select', value: step?.owner ?? 'rep', options: OWNERS },
      { name: 'due', label: 'By', kind: 'date', value: step?.due ?? '' },
    ],
    step !== null,
  );
  if (!answer) return null;
  if (answer === 'remove') return step && [{ do: 'step', id: step.id, certainty: 'refused' }];
  const owner = OWNERS.find(([key]) => key === answer.owner)?.[0] ?? 'rep';
  const told = { owner, text: answer.text?.trim() ?? '', due: answer.due || null };
  if (step) return [{ do: 'step', id: step.id, ...told }];
  return unit && [{ do: 'add_step', unit: unit.number, ...told }];
}

interface Before {
  now: StateValue | null;
  selected: Selected | null;
}

async function askValue(
  kind: FieldKind,
  { now, selected }: Before,
  help: DialogHelp,
): Promise<Given | 'remove' | null> {
  const said = selected?.text ?? '';
  const canRemove = now !== null;
  switch (kind.type) {
    case 'account':
    case 'person':
    case 'product':
    case 'competitor':
      return askName(kind, now, said, help);
    case 'amount':
    case 'percent': {
      const held = now ? (now.value as { value?: number; of?: string }) : {};
      const answer = await ask(
        kind.label,
        [
          {
            name: 'number',
            label: kind.type === 'amount' ? 'US dollars' : 'Percent',
            kind: 'number',
            value: String(held.value ?? numberIn(said) ?? ''),
            required: true,
          },
          { name: 'of', label: 'Of what', kind: 'select', value: held.of ?? 'price', options: AMOUNT_KINDS },
        ],
        canRemove,
      );
      if (!answer || answer === 'remove') return answer;
      const of = AMOUNT_KINDS.find(([key]) => key === answer.of)?.[0] ?? 'other';
      const value = Number(answer.number);
      return answer.number && Number.isFinite(value) ? { value, of } : null;
    }
    case 'number':
    case 'money': {
      const value = typeof now?.value === 'number' ? now.value : numberIn(said);
      const answer = await ask(
        kind.label,
        [
          {
            name: 'number',
            label: kind.type === 'money' ? 'US dollars' : kind.label,
            kind: 'number',
            value: String(value ?? ''),
            required: true,
          },
        ],
        canRemove,
      );
      if (!answer || answer === 'remove') return answer;
      return answer.number ? Number(answer.number) : null;
    }
    case 'choice': {
      const answer = await ask(
        kind.label,
        [
          {
            name: 'choice',
            label: kind.label,
            kind: 'select',
            value: String(now?.value ?? ''),
            options: kind.options.map(({ value, label }) => [value, label] as const),
          },
        ],
        canRemove,
      );
      if (!answer || answer === 'remove') return answer;
      return kind.key === 'sentiment' ? Number(answer.choice) : (answer.choice ?? null);
    }
    case 'date':
    case 'text':
    case 'list': {
      const held = Array.isArray(now?.value) ? now.value.join(', ') : now ? String(now.value) : null;
      const answer = await ask(
        kind.label,
        [
          {
            name: 'text',
            label: kind.type === 'list' ? `${kind.label}, with commas between` : kind.label,
            kind: kind.type === 'date' ? 'date' : 'text',
            value: held ?? (kind.type === 'date' ? '' : said),
            required: true,
          },
        ],
        canRemove,
      );
      if (!answer || answer === 'remove') return answer;
      const text = answer.text?.trim() ?? '';
      if (text === '') return null;
      return kind.type === 'list' ? text.split(',').map((item) => item.trim()) : text;
    }
  }
}

async function askName(
  kind: FieldKind,
  now: StateValue | null,
  said: string,
  { model, names }: DialogHelp,
): Promise<Given | 'remove' | null> {
  const account = model.state.values.find(
    ({ field, certainty }) => field === 'account' && certainty !== 'refused',
  )?.value;
  const likeness = (name: WireName) =>
    Number(sharesWord(name.name, said)) * 2 + Number(name.account === account);
  const terms = (await names(kind.type)).toSorted(
    (a, b) => likeness(b) - likeness(a) || a.name.localeCompare(b.name),
  );
  const chosen = await choose<WireName | null>({
    title: kind.label,
    choices: [
      ...terms.map((term): Choice<WireName | null> => ({ value: term, label: term.name, note: term.note })),
      ...(now ? [{ value: null, label: `Remove ${now.display}` }] : []),
    ],
  });
  if (!chosen) return null;
  const [term] = chosen;
  return term ? term.id : 'remove';
}

function sharesWord(name: string, said: string): boolean {
  const words = said
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 2);
  const own = name.toLowerCase();
  return words.some((word) => own.includes(word));
}

/** "$2,800" as 2800; words for numbers are the person's to put in. */
function numberIn(text: string): number | null {
  const found = /\d[\d,]*(\.\d+)?/.exec(text)?.[0];
  return found ? Number(found.replaceAll(',', '')) : null;
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
