import { ask } from '../dialogs/ask.ts';
import { choose } from '../dialogs/choose.ts';
import { findSoundAlikes, indexTerms } from '../text/sounds-like.ts';
import type { JobVocabulary } from '../wire.ts';
import { addName, type Review, setField, togglePerson } from './review.ts';
import type { ReviewHelp } from './review-edits.ts';

type VocabularyTerm = JobVocabulary['terms'][number];

const ALIKE = 6;

/**
 * Somebody who is not among the contacts: the name is asked for, and whoever sounds like it is offered first, so that
 * nobody is made twice.
 */
export async function addNewContact(review: Review, index: number, help: ReviewHelp): Promise<Review | null> {
  const { accountId, accountName } = review.heading;
  const taken = new Set(review.heading.people.map(({ display }) => display));
  const name = await askName('New contact', guessName(review, index, help.vocabulary, taken));
  if (!name) return null;
  const terms = help.vocabulary.terms.filter(({ kind }) => kind === 'contact');
  const ofAccount = terms.filter((term) => term.accountId === accountId);
  const known = await chooseKnown(
    name,
    [...ofAccount, ...terms.filter((term) => !ofAccount.includes(term))],
    {
      title: `Is it one of these${accountName ? `, or new at ${accountName}` : ''}?`,
      isNew: `New contact: ${name}`,
    },
  );
  if (!known) return null;
  const person = known.term
    ? { contactId: known.term.id, newName: null, display: known.term.name, certainty: 'confirmed' as const }
    : { contactId: null, newName: name, display: name, certainty: 'confirmed' as const };
  const isIn = review.heading.people.some((other) =>
    person.contactId ? other.contactId === person.contactId : other.newName === person.newName,
  );
  return isIn ? review : togglePerson(review, person);
}

/** A competitor who is not listed, said in the current unit; asked and checked in the same way. */
export async function addNewCompetitor(
  review: Review,
  index: number,
  help: ReviewHelp,
): Promise<Review | null> {
  const name = await askName('New competitor', guessName(review, index, help.vocabulary, new Set()));
  if (!name) return null;
  const terms = help.vocabulary.terms.filter(({ kind }) => kind === 'competitor');
  const known = await chooseKnown(name, terms, {
    title: 'Is it one of these, or new?',
    isNew: `New competitor: ${name}`,
  });
  if (!known) return null;
  const { term } = known;
  if (!term) return addName(review, index, 'new_competitor', name);
  const added = addName(review, index, 'competitor', term.name);
  const field = added.fields.at(-1);
  return field
    ? setField(added, field, { ...field, value: { kind: 'reference', id: term.id }, display: term.name })
    : null;
}

async function askName(title: string, guess: string): Promise<string | null> {
  const answer = await ask(title, [
    { name: 'name', label: 'Name', kind: 'text', value: guess, required: true },
  ]);
  if (!answer || answer === 'remove') return null;
  return answer.name?.replace(/\s+/g, ' ').trim() || null;
}

/** Out: who of those known it is, or that it is somebody new; null when left. Nobody alike: new without asking. */
async function chooseKnown(
  name: string,
  terms: readonly VocabularyTerm[],
  { title, isNew }: { title: string; isNew: string },
): Promise<{ term: VocabularyTerm | null } | null> {
  const alike = alikes(name, terms);
  if (alike.length === 0) return { term: null };
  const chosen = await choose<VocabularyTerm | null>({
    title,
    choices: [
      ...alike.map((term) => ({ value: term, label: term.name, note: term.note })),
      { value: null, label: isNew },
    ],
  });
  return chosen ? { term: chosen[0] ?? null } : null;
}

function alikes(name: string, terms: readonly VocabularyTerm[]): VocabularyTerm[] {
  const same = terms.filter((term) =>
    [term.name, ...term.aliases].some((other) => foldedWords(other).join('') === foldedWords(name).join('')),
  );
  const index = indexTerms(terms);
  const sounding = findSoundAlikes(index, name, ALIKE).map(({ term }) => term);
  const found = terms.filter((term) => sounding.includes(term) && !same.includes(term));
  return [...same, ...found].slice(0, ALIKE);
}

/** A name to begin with: the first run of capitalized words of the unit that nobody is called yet. */
export function guessName(
  { text, units }: Review,
  index: number,
  { terms }: Pick<JobVocabulary, 'terms'>,
  taken: ReadonlySet<string>,
): string {
  const unit = units[index];
  const said = unit ? text.slice(unit.start, unit.end) : '';
  const known = new Set(terms.flatMap(({ name, aliases }) => [name, ...aliases].flatMap(foldedWords)));
  for (const [run] of said.matchAll(/(?<=\S\s+)\p{Lu}[\p{L}'’-]+(?:\s+\p{Lu}[\p{L}'’-]+)*/gu)) {
    if (!taken.has(run) && foldedWords(run).some((word) => !known.has(word))) return run;
  }
  return '';
}

/** Words without what two spellings of a name differ in: accents, capitals, points. */
function foldedWords(text: string): string[] {
  const plain = text.normalize('NFD').replace(/\p{M}|['’]/gu, '');
  return plain.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
