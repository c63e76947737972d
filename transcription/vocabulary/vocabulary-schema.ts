import { z } from 'zod';
import type { Vocabulary } from '../thought-units/types.ts';

const id = z.string().trim().min(1).max(200);
const name = z.string().trim().min(1).max(500);
const words = z.array(z.string().trim().min(1).max(500)).default([]);
const text = z.string().trim().max(500).default('');
const term = z.object({ id, name, aliases: words });

/** The company's words as they come in: `PUT /api/v1/vocabulary`, the shape of a world.json. */
export const vocabularySchema = z.object({
  company: text,
  industry: text,
  reps: z.array(z.object({ id, name, territory: text, region: text })).default([]),
  accounts: z
    .array(
      z.object({
        id,
        name,
        aliases: words,
        city: text,
        state: text,
        region: text,
        lifecycle: z.enum(['lead', 'new', 'active', 'inactive']).default('active'),
        /** Id of the rep whose account it is; absent: stays as it is. */
        owner: id.optional(),
      }),
    )
    .default([]),
  contacts: z.array(z.object({ id, name, account: id, title: text })).default([]),
  products: z.array(term).default([]),
  competitors: z.array(term).default([]),
});

export type VocabularyInput = z.infer<typeof vocabularySchema>;

/** Read back: what was put in, with the owner of each account that has one. */
export type CompanyVocabulary = Omit<Vocabulary, 'accounts'> & {
  accounts: (Vocabulary['accounts'][number] & { owner?: string })[];
};

/**
 * What is wrong with it as a whole, in words for the person who sends it; null when nothing is. `known` are ids
 * that are there already, which a merge may refer to.
 */
export function findFault(
  input: VocabularyInput,
  known: { reps: ReadonlySet<string>; accounts: ReadonlySet<string> },
): string | null {
  for (const list of ['reps', 'accounts', 'contacts', 'products', 'competitors'] as const) {
    const seen = new Set<string>();
    for (const { id: one } of input[list]) {
      if (seen.has(one)) return `The id ${one} stands twice in ${list}; each id may stand once.`;
      seen.add(one);
    }
  }
  const accounts = new Set(input.accounts.map((account) => account.id));
  const stray = input.contacts.find(({ account }) => !accounts.has(account) && !known.accounts.has(account));
  if (stray) return `Contact ${stray.id} belongs to account ${stray.account}, which is not there.`;
  const reps = new Set(input.reps.map((rep) => rep.id));
  const owned = input.accounts.find(({ owner }) => owner && !reps.has(owner) && !known.reps.has(owner));
  if (owned) return `Account ${owned.id} belongs to rep ${owned.owner}, who is not there.`;
  return null;
}
