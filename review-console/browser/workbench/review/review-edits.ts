import type { AmountKind, StepOwner } from '../../../../transcription/thought-units/types.ts';
import { ask } from '../dialogs/ask.ts';
import { type Choice, choose } from '../dialogs/choose.ts';
import { findSoundAlikes, indexTerms, type TermKind } from '../text/sounds-like.ts';
import type { JobDetail, JobVocabulary } from '../wire.ts';
import {
  type FieldValue,
  fieldsOf,
  type Review,
  type ReviewField,
  type ReviewPerson,
  type ReviewStep,
  recode,
  setField,
  setHeading,
  setStep,
  stepsOf,
  togglePerson,
} from './review.ts';
import {
  AMOUNT_KINDS,
  FIELD_LABELS,
  fieldLabel,
  labelOf,
  MEETING_TYPES,
  OWNERS,
  SENTIMENTS,
  STAGES,
  showDay,
  showValue,
} from './show-value.ts';

/** What the dialogs of the second step look names up in. */
export interface ReviewHelp {
  job: JobDetail;
  vocabulary: JobVocabulary;
}

type VocabularyTerm = JobVocabulary['terms'][number];

/** Names by the letters first, then by their sound: the person types what was heard. */
function nameChoices(vocabulary: JobVocabulary, kind: TermKind, first: (term: VocabularyTerm) => boolean) {
  const terms = vocabulary.terms.filter((term) => term.kind === kind);
  const ordered = [...terms].sort(
    (a, b) =>
      Number(first(b)) - Number(first(a)) || Number(b.own) - Number(a.own) || a.name.localeCompare(b.name),
  );
  const choices = ordered.map(
    (term): Choice<VocabularyTerm> => ({ value: term, label: term.name, note: term.note }),
  );
  const index = indexTerms(terms);
  const rank = (typed: string, all: readonly Choice<VocabularyTerm>[]) => {
    if (!typed) return all;
    const letters = typed.toLowerCase();
    const byLetters = all.filter(({ label, note }) =>
      `${label} ${note ?? ''}`.toLowerCase().includes(letters),
    );
    const bySound = findSoundAlikes(index, typed, 10).flatMap(({ term }) =>
      all.filter((choice) => choice.value === term && !byLetters.includes(choice)),
    );
    return [...byLetters, ...bySound];
  };
  return { choices, rank };
}

export async function editCodes(
  review: Review,
  index: number,
  { vocabulary }: ReviewHelp,
): Promise<Review | null> {
  const unit = review.units[index];
  if (!unit) return null;
  const chosen = await choose<string>({
    title: `Code of unit ${index + 1}`,
    enter: 'only',
    choices: vocabulary.codes.map(({ key, label, definition }) => ({ value: key, label, note: definition })),
    chosen: unit.codes.map((code) => code.code),
  });
  return chosen && recode(review, index, chosen);
}

export async function editAccount(review: Review, help: ReviewHelp): Promise<Review | null> {
  const likely = new Set(help.job.accounts.map((account) => account.id));
  const { choices, rank } = nameChoices(help.vocabulary, 'account', (term) => likely.has(term.id));
  const chosen = await choose({ title: 'Which account is this about?', choices, rank });
  const term = chosen?.[0];
  return term
    ? setHeading(review, { accountId: term.id, accountName: term.name, accountEvidence: null })
    : null;
}

export async function editPeople(review: Review, help: ReviewHelp): Promise<Review | null> {
  const { accountId, people } = review.heading;
  const { choices, rank } = nameChoices(help.vocabulary, 'contact', (term) => term.accountId === accountId);
  const choicesOfPeople = choices.map(
    ({ value, label, note }): Choice<ReviewPerson> => ({
      value: people.find((person) => person.contactId === value.id) ?? {
        contactId: value.id,
        newName: null,
        display: value.name,
        certainty: 'confirmed',
      },
      label,
      note: note ?? '',
    }),
  );
  const byTerm = new Map(choices.map((choice, index) => [choice, choicesOfPeople[index]] as const));
  const fresh = people.filter((person) => !person.contactId);
  const chosen = await choose<ReviewPerson>({
    title: 'Who was met?',
    choices: [
      ...fresh.map((person) => ({ value: person, label: person.display, note: 'new' })),
      ...choicesOfPeople,
    ],
    chosen: people,
    rank: (typed, all) => (typed ? rank(typed, choices).flatMap((choice) => byTerm.get(choice) ?? []) : all),
    make: {
      label: (typed) => `New contact: ${typed}`,
      value: (typed) => ({ contactId: null, newName: typed, display: typed, certainty: 'confirmed' }),
    },
  });
  if (!chosen) return null;
  let next = setHeading(review, { people: [] });
  for (const person of chosen) next = togglePerson(next, person);
  return next;
}

export async function editMeeting(review: Review): Promise<Review | null> {
  const { meetingDate, meetingType } = review.heading;
  const answer = await ask('When and how did they meet?', [
    { name: 'date', label: 'Day', kind: 'date', value: meetingDate ?? '' },
    {
      name: 'type',
      label: 'Kind',
      kind: 'select',
      value: meetingType ?? '',
      options: [['', 'not said'], ...MEETING_TYPES],
    },
  ]);
  if (!answer || answer === 'remove') return null;
  return setHeading(review, { meetingDate: answer.date || null, meetingType: answer.type || null });
}

export async function editSteps(review: Review, index: number): Promise<Review | null> {
  const unit = review.units[index];
  if (!unit) return null;
  const existing = stepsOf(review, index);
  const picked =
    existing.length === 0
      ? [null]
      : await choose<ReviewStep | null>({
          title: `Next steps of unit ${index + 1}`,
          choices: [
            ...existing.map((step) => ({
              value: step,
              label: step.text,
              note: `${labelOf(OWNERS, step.owner)}${step.due ? ` by ${showDay(step.due)}` : ''}`,
            })),
            { value: null, label: 'Another next step' },
          ],
        });
  if (!picked) return null;
  const old = picked[0] ?? null;
  const answer = await ask(
    'Next step',
    [
      {
        name: 'text',
        label: 'What',
        kind: 'text',
        value: old?.text ?? review.text.slice(unit.start, unit.end),
        required: true,
      },
      { name: 'owner', label: 'Who', kind: 'select', value: old?.owner ?? 'rep', options: OWNERS },
      { name: 'due', label: 'By', kind: 'date', value: old?.due ?? '' },
    ],
    old !== null,
  );
  if (!answer) return null;
  if (answer === 'remove') return setStep(review, old, null);
  return setStep(review, old, {
    at: old?.at ?? unit.start,
    text: answer.text ?? '',
    owner: (answer.owner ?? 'rep') as StepOwner,
    due: answer.due || null,
    certainty: 'confirmed',
    confidence: old?.confidence ?? null,
    evidence: old?.evidence ?? null,
  });
}

/** Values of a unit; on the heading, of the whole report. */
export async function editValues(review: Review, index: number, help: ReviewHelp): Promise<Review | null> {
  const existing = index < 0 ? review.fields.filter((field) => !field.span) : fieldsOf(review, index);
  const picked = await choose<ReviewField | string>({
    title: index < 0 ? 'Values of the whole report' : `Values of unit ${index + 1}`,
    choices: [
      ...existing.map((field) => ({
        value: field,
        label: field.display,
        note: fieldLabel(field.field),
      })),
      ...Object.entries(FIELD_LABELS).map(([key, label]) => ({ value: key, label: `Add: ${label}` })),
    ],
  });
  const first = picked?.[0];
  if (!first) return null;
  const old = typeof first === 'string' ? null : first;
  const field = typeof first === 'string' ? first : first.field;
  const value = await askValue(field, old, help);
  if (!value) return null;
  if (value === 'remove') return setField(review, old, null);
  const unit = review.units[index];
  return setField(review, old, {
    field,
    ...value,
    span: old?.span ?? (unit ? { start: unit.start, end: unit.end } : null),
    certainty: 'confirmed',
    confidence: old?.confidence ?? null,
    evidence: old?.evidence ?? null,
  });
}

type AskedValue = { value: FieldValue; display: string };

async function askValue(
  field: string,
  old: ReviewField | null,
  help: ReviewHelp,
): Promise<AskedValue | 'remove' | null> {
  if (field === 'product' || field === 'competitor') {
    const { choices, rank } = nameChoices(help.vocabulary, field, (term) =>
      old?.value.kind === 'reference' ? term.id === old.value.id : false,
    );
    const chosen = await choose<VocabularyTerm | null>({
      title: fieldLabel(field),
      choices: old ? [...choices, { value: null, label: 'Remove it' }] : choices,
      rank: (typed, all) => (typed ? rank(typed, choices) : all),
    });
    const term = chosen?.[0];
    if (!chosen) return null;
    return term ? { value: { kind: 'reference', id: term.id }, display: term.name } : 'remove';
  }
  const { questions, read } = formOf(field, old?.value ?? null);
  const answer = await ask(fieldLabel(field), questions, old !== null);
  if (!answer || answer === 'remove') return answer;
  const value = read(answer);
  return value && { value, display: showValue(field, value) };
}

type Form = { questions: Parameters<typeof ask>[1]; read(answer: Record<string, string>): FieldValue | null };

function formOf(field: string, old: FieldValue | null): Form {
  if (field === 'amount' || field === 'percent') {
    const number = old?.kind === 'amount' ? old.amount : old?.kind === 'percent' ? old.percent : '';
    const of = old?.kind === 'amount' || old?.kind === 'percent' ? old.of : 'price';
    return {
      questions: [
        {
          name: 'number',
          label: field === 'amount' ? 'US dollars' : 'Percent',
          kind: 'number',
          value: String(number),
          required: true,
        },
        { name: 'of', label: 'Of what', kind: 'select', value: of, options: AMOUNT_KINDS },
      ],
      read(answer) {
        const given = Number(answer.number);
        const kind = (answer.of ?? 'other') as AmountKind;
        if (!Number.isFinite(given)) return null;
        return field === 'amount'
          ? { kind: 'amount', amount: given, of: kind }
          : { kind: 'percent', percent: given, of: kind };
      },
    };
  }
  if (field === 'sentiment')
    return {
      questions: [
        {
          name: 'number',
          label: 'How did it go?',
          kind: 'select',
          value: old?.kind === 'number' ? String(old.number) : '0',
          options: SENTIMENTS,
        },
      ],
      read: (answer) => ({ kind: 'number', number: Number(answer.number) }),
    };
  const text = old?.kind === 'text' ? old.text : '';
  return {
    questions: [
      field === 'stage'
        ? { name: 'text', label: 'Stage', kind: 'select', value: text, options: STAGES }
        : { name: 'text', label: fieldLabel(field), kind: 'text', value: text, required: true },
    ],
    read: (answer) => (answer.text ? { kind: 'text', text: answer.text } : null),
  };
}
