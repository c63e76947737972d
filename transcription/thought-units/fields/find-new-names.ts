/** People at the customer, and companies that sell what we sell, who are not in the vocabulary. */
import { type CodeModel, codeProbabilities } from '../coding/code-model.ts';
import type { Lexicon } from '../lexicon.ts';
import type { UnitSpan } from '../splitting/split-units.ts';
import type { Token } from '../tokens.ts';
import type { Mention } from './find-mentions.ts';
import type { Person } from './find-people.ts';
import { sharesWord, weighNames } from './new-name-signs.ts';
import { newNameWeights } from './new-name-weights.ts';
import { type NewName, takenTokens, unknownNames } from './unknown-names.ts';

/** A person is likelier one of the customer's than not; a seller is asked about sooner, for one that is missed is lost. */
const CONTACT_FROM = 0.5;
const COMPETITOR_FROM = 0.3;
/** Whom a rule takes for a seller is asked about unless all else speaks against it. */
const COMPETITOR_BY_RULE_FROM = 0.04;

/** As sure as it gets: of names that the model calls surer than this, ninety-three in a hundred were right when held out. */
const SUREST = 0.93;

/** Rules' reasons that leave no doubt of a name being told for the one who bears it. */
const INTRODUCED: ReadonlySet<string> = new Set([
  'introduced by name',
  'introduced by what the person does',
  'introduced as a company',
]);

export interface NewNames {
  /** Each once, under the fullest form of the name. */
  contacts: NewName[];
  competitors: NewName[];
}

/** @param model of what names are of; the shipped one when left out */
export function findNewNames(
  tokens: readonly Token[],
  units: readonly UnitSpan[],
  known: { mentions: readonly Mention[]; people: readonly Person[]; lexicon: Lexicon },
  model: CodeModel = newNameWeights,
): NewNames {
  const taken = takenTokens(known.mentions, known.people);
  const names = weighNames(tokens, units, unknownNames(tokens, units, taken, known.lexicon), known.lexicon);
  const found: NewNames = { contacts: [], competitors: [] };
  for (const { signs, contact, competitor, ...name } of names) {
    const [row = []] = codeProbabilities(model, [signs], ['start']);
    // Who is introduced is somebody; the question is only who.
    const isSomebody = INTRODUCED.has(contact ?? '') || INTRODUCED.has(competitor ?? '');
    const share = isSomebody ? 1 - (row[model.codes.indexOf('nobody')] ?? 0) : 1;
    const sureOf = (code: string) => (row[model.codes.indexOf(code)] ?? 0) / share;
    const [asContact, asCompetitor] = [sureOf('contact'), sureOf('competitor')];
    if (asContact >= CONTACT_FROM)
      addPerson(found.contacts, {
        ...name,
        confidence: Math.min(SUREST, asContact),
        why: contact ?? 'spoken of as a person there',
      });
    else if (asCompetitor >= (competitor ? COMPETITOR_BY_RULE_FROM : COMPETITOR_FROM))
      addCompany(found.competitors, {
        ...name,
        confidence: Math.min(SUREST, asCompetitor),
        why: competitor ?? 'spoken of as a seller',
      });
  }
  return found;
}

function addPerson(found: NewName[], name: NewName): void {
  const before = found.find((other) => sharesWord(other.name, name.name));
  if (!before) {
    found.push(name);
    return;
  }
  if (name.name.length > before.name.length) before.name = name.name;
  before.confidence = Math.max(before.confidence, name.confidence);
}

function addCompany(found: NewName[], name: NewName): void {
  const first = (words: string) => words.toLowerCase().split(' ')[0];
  const before = found.find((other) => first(other.name) === first(name.name));
  if (before) before.confidence = Math.max(before.confidence, name.confidence);
  else found.push(name);
}
