import { coreLetters, letters, mayBeOnePerson } from './name-keys.ts';

/** One of ours that no record of this CRM is linked to yet. */
export interface Candidate {
  id: string;
  name: string;
  aliases: readonly string[];
  city: string;
}

export type Match =
  | { is: 'same'; id: string }
  /** A person has to say. */
  | { is: 'doubtful'; ids: string[] }
  | { is: 'new' };

const NEW: Match = { is: 'new' };
const MOST_CANDIDATES = 10;

/**
 * Which of ours an account of the CRM is. The same only when name and city agree and nothing else of either side could
 * be meant; whatever else looks alike is for a person to say. Pure.
 *
 * @param candidates with the same core or an alias of that name.
 * @param namesakes how many records of the same page have this name and city, itself included.
 */
export function matchAccount(
  record: { name: string; city?: string | undefined },
  candidates: readonly Candidate[],
  namesakes: number,
): Match {
  const name = letters(record.name);
  const core = coreLetters(record.name);
  const city = letters(record.city ?? '');
  const alike = candidates.filter((each) => {
    if (letters(each.name) === name) return true;
    const named = coreLetters(each.name) === core || each.aliases.some((alias) => letters(alias) === name);
    // Another name in another city is another customer.
    return named && (city === '' || letters(each.city) === '' || letters(each.city) === city);
  });
  const exact = alike.filter((each) => letters(each.name) === name && letters(each.city) === city);
  const only = exact[0];
  if (only !== undefined && exact.length === 1 && namesakes === 1) return { is: 'same', id: only.id };
  return doubtful(exact.length > 0 ? exact : alike);
}

/** Which of an account's people a contact of the CRM is. Pure. */
export function matchPerson(
  record: { name: string },
  candidates: readonly Pick<Candidate, 'id' | 'name'>[],
  namesakes: number,
): Match {
  const exact = candidates.filter((each) => letters(each.name) === letters(record.name));
  const only = exact[0];
  if (only !== undefined && exact.length === 1 && namesakes === 1) return { is: 'same', id: only.id };
  return doubtful(
    exact.length > 0 ? exact : candidates.filter((each) => mayBeOnePerson(each.name, record.name)),
  );
}

/** Which of our products one of the CRM is: by its name or an alias, letter by letter. Pure. */
export function matchProduct(
  record: { name: string },
  candidates: readonly Omit<Candidate, 'city'>[],
  namesakes: number,
): Match {
  const name = letters(record.name);
  const exact = candidates.filter((each) =>
    [each.name, ...each.aliases].some((own) => letters(own) === name),
  );
  const only = exact[0];
  return only !== undefined && exact.length === 1 && namesakes === 1
    ? { is: 'same', id: only.id }
    : doubtful(exact);
}

function doubtful(candidates: readonly { id: string }[]): Match {
  if (candidates.length === 0) return NEW;
  return { is: 'doubtful', ids: candidates.slice(0, MOST_CANDIDATES).map(({ id }) => id) };
}
