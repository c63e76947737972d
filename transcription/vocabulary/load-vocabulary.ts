import { z } from 'zod';
import type { Database } from '../../platform/database/database.ts';
import { readModelInForce } from '../code-learning/code-model-store.ts';
import { readMerges } from '../codebook/merges.ts';
import { createFieldFinder } from '../report-fields/find-values.ts';
import { readFieldsInForce } from '../report-fields/read-report-fields.ts';
import { prepareCodebook } from '../thought-units/analyze.ts';
import { defaultCodebook } from '../thought-units/coding/codebook.ts';
import { type Lexicon, prepareVocabulary } from '../thought-units/lexicon.ts';
import type { CompanyVocabulary } from './vocabulary-schema.ts';

export interface LoadedAccount {
  id: string;
  externalId: string;
  name: string;
  aliases: string[];
  city: string;
  region: string;
  ownerId: string | null;
}

/** Database ids and labels behind the external ids that an analysis speaks of. */
export interface LoadedVocabulary {
  vocabulary: CompanyVocabulary;
  /** The same, indexed for analysis. */
  lexicon: Lexicon;
  /** The codebook in force, indexed for analysis. */
  coder: ReturnType<typeof prepareCodebook>;
  /** Codes in force by key; the default ones as long as the company has no codebook of its own. */
  codes: ReadonlyMap<string, { label: string; definition: string }>;
  /** Codes of older versions that are not in force any more; what was coded with them before stays valid. */
  formerCodes: ReadonlySet<string>;
  /** Finds the values of the company's own fields. */
  findConfigured: ReturnType<typeof createFieldFinder>;
  reps: ReadonlyMap<string, { id: string; name: string }>;
  accounts: ReadonlyMap<string, LoadedAccount>;
  contacts: ReadonlyMap<string, { id: string; name: string; title: string; account: string }>;
  products: ReadonlyMap<string, { id: string; name: string }>;
  competitors: ReadonlyMap<string, { id: string; name: string }>;
}

const companySetting = z.object({ name: z.string().default(''), industry: z.string().default('') });

/**
 * Kept with the database that it was read from, until that says that something changed: reading thousands of
 * accounts for each press of a key in the review would be felt.
 */
const loaded = new WeakMap<Database, { version: string; result: LoadedVocabulary }>();

/** The company's active words with their database ids. One cheap statement when nothing has changed. */
export async function loadVocabulary(database: Database): Promise<LoadedVocabulary> {
  const version = await readVersion(database);
  const kept = loaded.get(database);
  if (kept?.version === version) return kept.result;
  const result = await read(database);
  loaded.set(database, { version, result });
  return result;
}

/** What `PUT /api/v1/vocabulary` was given, in its shape. */
export async function readVocabulary(database: Database): Promise<CompanyVocabulary> {
  return (await loadVocabulary(database)).vocabulary;
}

/** In: nothing. Out: text that differs when anything of the vocabulary does. Locks nothing. */
async function readVersion({ pool }: Database): Promise<string> {
  const { rows } = await pool.query<{ version: string }>({
    name: 'vocabulary-version',
    text: `
      select concat_ws('|',
        (select value::text from setting where key = 'company'),
        (select concat(max(version), ' ', (select count(*) from code)) from codebook),
        (select concat(count(*), ' ', max(id::text)) from report_field),
        (select concat(version, ' ', revision) from code_model where state = 'in_force'),
        (select concat(count(*), ' ', max(updated_at), ' ', count(owner_id)) from account where active),
        (select concat(count(*), ' ', max(updated_at)) from contact where active),
        (select md5(string_agg(concat(external_id, name, aliases::text), ',' order by external_id))
           from product where active),
        (select md5(string_agg(concat(external_id, name, aliases::text), ',' order by external_id))
           from competitor where active),
        (select md5(string_agg(concat(external_id, name, territory, region), ',' order by external_id))
           from app_user where active and external_id is not null)) as version`,
  });
  return rows[0]?.version ?? '';
}

async function read(database: Database): Promise<LoadedVocabulary> {
  const { prisma } = database;
  const active = { where: { active: true } };
  const [company, ownFields, codebook, learned, everCodes, users, accounts, contacts, products, competitors] =
    await Promise.all([
      prisma.setting.findUnique({ where: { key: 'company' } }),
      readFieldsInForce(database),
      prisma.codebook.findFirst({
        orderBy: { version: 'desc' },
        include: { codes: { orderBy: { position: 'asc' } } },
      }),
      readModelInForce(prisma),
      prisma.code.findMany({ distinct: ['key'], select: { key: true } }),
      prisma.user.findMany({
        where: { active: true, externalId: { not: null } },
        select: { id: true, externalId: true, name: true, territory: true, region: true },
      }),
      prisma.account.findMany({ ...active, include: { owner: { select: { externalId: true } } } }),
      prisma.contact.findMany({
        where: { active: true, account: { active: true } },
        include: { account: { select: { externalId: true } } },
      }),
      prisma.product.findMany(active),
      prisma.competitor.findMany(active),
    ]);
  const reps = inOrder(
    users.flatMap((user) => (user.externalId ? [{ ...user, externalId: user.externalId }] : [])),
  );
  const inOrderOfId = { accounts: inOrder(accounts), contacts: inOrder(contacts) };
  const named = companySetting.safeParse(company?.value ?? {});
  const terms = (rows: { externalId: string; name: string; aliases: string[] }[]) =>
    inOrder(rows).map(({ externalId, name, aliases }) => ({ id: externalId, name, aliases }));
  const vocabulary: CompanyVocabulary = {
    company: named.data?.name ?? '',
    industry: named.data?.industry ?? '',
    reps: reps.map(({ externalId, name, territory, region }) => ({
      id: externalId,
      name,
      territory: territory ?? '',
      region: region ?? '',
    })),
    accounts: inOrderOfId.accounts.map(
      ({ externalId, name, aliases, city, state, region, lifecycle, owner }) => ({
        id: externalId,
        name,
        aliases,
        city,
        state,
        region,
        lifecycle: asLifecycle(lifecycle),
        ...(owner?.externalId && { owner: owner.externalId }),
      }),
    ),
    contacts: inOrderOfId.contacts.map(({ externalId, name, title, account }) => ({
      id: externalId,
      name,
      account: account.externalId,
      title,
    })),
    products: terms(products),
    competitors: terms(competitors),
  };
  const codes = codebook && codebook.codes.length > 0 ? codebook.codes : defaultCodebook;
  const lexicon = prepareVocabulary(vocabulary);
  const inForce = new Set(codes.map(({ key }) => key));
  return {
    vocabulary,
    lexicon,
    findConfigured: createFieldFinder(ownFields, lexicon),
    coder: prepareCodebook(codes, readMerges(codebook?.merges), learned.model),
    formerCodes: new Set(everCodes.map(({ key }) => key).filter((key) => !inForce.has(key))),
    codes: new Map(codes.map(({ key, label, definition }) => [key, { label, definition }])),
    reps: byExternalId(reps),
    accounts: byExternalId(accounts),
    contacts: new Map(
      contacts.map(({ id, externalId, name, title, account }) => [
        externalId,
        { id, name, title, account: account.externalId },
      ]),
    ),
    products: byExternalId(products),
    competitors: byExternalId(competitors),
  };
}

function asLifecycle(lifecycle: string): CompanyVocabulary['accounts'][number]['lifecycle'] {
  return lifecycle === 'lead' || lifecycle === 'new' || lifecycle === 'inactive' ? lifecycle : 'active';
}

function byExternalId<T extends { externalId: string }>(rows: readonly T[]): ReadonlyMap<string, T> {
  return new Map(rows.map((row) => [row.externalId, row]));
}

/** `c2` before `c10`, as people number things. */
function inOrder<T extends { externalId: string }>(rows: readonly T[]): T[] {
  const collator = new Intl.Collator('en', { numeric: true });
  return [...rows].sort((a, b) => collator.compare(a.externalId, b.externalId));
}
