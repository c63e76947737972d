import { z } from 'zod';
import type { Platform } from '../../../platform/platform.ts';
import { readLikelyAccountIds } from '../../../transcription/jobs/job-detail.ts';
import { loadVocabulary } from '../../../transcription/vocabulary/load-vocabulary.ts';
import { allow, answers, describe, type Endpoint, id, idParams } from '../api.ts';
import { WORKERS } from './job-schemas.ts';

const term = z.object({
  kind: z.enum(['account', 'contact', 'product', 'competitor', 'person']),
  id,
  externalId: z.string(),
  name: z.string(),
  aliases: z.array(z.string()),
  note: z.string().describe('What a person needs to tell two of them apart'),
  own: z.boolean().describe('Likely with this speaker'),
  accountId: id.nullable().describe('Of a contact: the account'),
});
const code = z.object({ key: z.string(), label: z.string(), definition: z.string() });
const vocabulary = z.object({ terms: z.array(term), codes: z.array(code) });

/** The codes of the codebook in force, in its order. */
async function readCodes({ prisma }: Platform['database']): Promise<z.infer<typeof code>[]> {
  const codebook = await prisma.codebook.findFirst({
    orderBy: { version: 'desc' },
    select: {
      codes: { orderBy: { position: 'asc' }, select: { key: true, label: true, definition: true } },
    },
  });
  return codebook?.codes ?? [];
}

export const jobVocabularyEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/jobs/:id/vocabulary',
    {
      ...allow(...WORKERS),
      schema: {
        ...describe('jobs', 'getJobVocabulary', 'Names that the speaker of a job may say, and the codebook'),
        params: idParams,
        response: answers({ 200: vocabulary }, 404),
      },
    },
    async ({ params }) => {
      const { database } = platform;
      const [likely, words, codes] = await Promise.all([
        readLikelyAccountIds(platform, params.id),
        loadVocabulary(database),
        readCodes(database),
      ]);
      return { terms: toTerms(words, likely), codes };
    },
  );

type Words = Awaited<ReturnType<typeof loadVocabulary>>;

function toTerms({ vocabulary: words, ...rows }: Words, likely: ReadonlySet<string>): z.infer<typeof term>[] {
  const terms: z.infer<typeof term>[] = [];
  const plain = { aliases: [], own: false, accountId: null };
  for (const { id: externalId, name, aliases, city } of words.accounts) {
    const row = rows.accounts.get(externalId);
    if (row)
      terms.push({
        ...plain,
        kind: 'account',
        id: row.id,
        externalId,
        name,
        aliases,
        note: city,
        own: likely.has(row.id),
      });
  }
  for (const { id: externalId, name, title, account } of words.contacts) {
    const row = rows.contacts.get(externalId);
    const company = rows.accounts.get(account);
    if (row)
      terms.push({
        ...plain,
        kind: 'contact',
        id: row.id,
        externalId,
        name,
        note: [title, company?.name].filter(Boolean).join(', '),
        own: company !== undefined && likely.has(company.id),
        accountId: company?.id ?? null,
      });
  }
  for (const [kind, list, byId] of [
    ['product', words.products, rows.products],
    ['competitor', words.competitors, rows.competitors],
  ] as const)
    for (const { id: externalId, name, aliases } of list) {
      const row = byId.get(externalId);
      if (row) terms.push({ ...plain, kind, id: row.id, externalId, name, aliases, note: '' });
    }
  for (const { id: externalId, name, territory } of words.reps) {
    const row = rows.reps.get(externalId);
    if (row) terms.push({ ...plain, kind: 'person', id: row.id, externalId, name, note: territory });
  }
  return terms;
}
