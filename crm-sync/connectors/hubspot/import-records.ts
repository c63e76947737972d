import { z } from 'zod';
import type { Clock } from '../../../platform/clock.ts';
import type { CrmImportSource, ImportedRecord, ImportKind, ImportPage } from '../import-source.ts';
import { mergedIds } from './find-records.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { importOwners } from './import-owners.ts';
import { IMPORTED, type ImportedObject, toImported } from './imported-records.ts';
import { API } from './objects.ts';
import { batchSchema, type HubspotRecord, pageSchema } from './responses.ts';

/**
 * Where reading stands. A full pass lists everything; a pass by change goes
 *
 *     changes ──▶ archived ──▶ (the next pass) changes ──▶ …
 *
 * and each begins where the one before had begun, less an overlap: HubSpot's search learns of a change only after a
 * while.
 */
const cursorSchema = z.union([
  z.object({ at: z.literal('list'), startedAt: z.number(), after: z.string().optional() }),
  z.object({ at: z.literal('changes'), since: z.number(), until: z.number(), lastId: z.string() }),
  z.object({ at: z.literal('archived'), since: z.number(), until: z.number(), after: z.string().optional() }),
  z.object({ at: z.literal('done'), until: z.number() }),
]);

type Cursor = z.infer<typeof cursorSchema>;

const OVERLAP_MS = 15 * 60_000;
const LIST_LIMIT = 100;
const SEARCH_LIMIT = 200;

/** HubSpot's users, companies, contacts and products, all of them once and then by change. */
export function createImportSource({ api, clock }: { api: HubspotApi; clock: Clock }): CrmImportSource {
  return {
    kinds: ['owner', 'account', 'contact', 'product'],
    page(kind, cursor) {
      return kind === 'owner' ? importOwners(api, cursor) : recordPage({ api, clock }, kind, cursor);
    },
  };
}

async function recordPage(
  { api, clock }: { api: HubspotApi; clock: Clock },
  kind: Exclude<ImportKind, 'owner'>,
  cursor: string | null,
): Promise<ImportPage> {
  const object = IMPORTED[kind];
  const now = clock.now().getTime();
  const stands = readCursor(cursor, now);
  switch (stands.at) {
    case 'list': {
      const { results, paging } = await list(api, object, false, stands.after);
      const after = paging?.next?.after;
      const next: Cursor =
        after === undefined ? { at: 'done', until: stands.startedAt } : { ...stands, after };
      return pageOf(
        results.flatMap((record) => withMerged(kind, record)),
        next,
      );
    }
    case 'changes': {
      const results = await search(api, object, stands);
      const last = results.at(-1);
      const next: Cursor =
        results.length < SEARCH_LIMIT || last === undefined
          ? { at: 'archived', since: stands.since, until: stands.until }
          : { ...stands, lastId: last.id };
      return pageOf(
        results.flatMap((record) => withMerged(kind, record)),
        next,
      );
    }
    case 'archived': {
      const { results, paging } = await list(api, object, true, stands.after);
      const recent = results.filter(
        ({ archivedAt }) => archivedAt === undefined || Date.parse(archivedAt) >= stands.since,
      );
      const after = paging?.next?.after;
      const next: Cursor = after === undefined ? { at: 'done', until: stands.until } : { ...stands, after };
      return pageOf(await removed(api, kind, recent), next);
    }
    default:
      throw new Error('a pass that is done begins anew');
  }
}

function readCursor(cursor: string | null, now: number): Exclude<Cursor, { at: 'done' }> {
  const read = cursor === null ? null : cursorSchema.safeParse(JSON.parse(cursor));
  // A cursor of another version: everything once more.
  if (read === null || !read.success) return { at: 'list', startedAt: now };
  const stands = read.data;
  return stands.at === 'done'
    ? { at: 'changes', since: stands.until - OVERLAP_MS, until: now, lastId: '0' }
    : stands;
}

function pageOf(records: ImportedRecord[], next: Cursor): ImportPage {
  return { records, cursor: JSON.stringify(next), more: next.at !== 'done' };
}

async function list(
  api: HubspotApi,
  { path, properties }: ImportedObject,
  archived: boolean,
  after?: string,
) {
  const query = new URLSearchParams({
    limit: String(LIST_LIMIT),
    archived: String(archived),
    properties: properties.join(','),
    ...(after !== undefined && { after }),
  });
  const { body } = await api.get(`${API.objects}/${path}?${query}`);
  return pageSchema.parse(body);
}

/**
 * What changed between two times, by id. HubSpot's search ends after 10,000 records however it is paged through; asking
 * each time for ids above the last one has no such end, also when a bulk edit gave 50,000 records the same time.
 */
async function search(
  api: HubspotApi,
  { path, properties, modified }: ImportedObject,
  { since, until, lastId }: Extract<Cursor, { at: 'changes' }>,
): Promise<HubspotRecord[]> {
  const { body } = await api.post(`${API.objects}/${path}/search`, {
    filterGroups: [
      {
        filters: [
          { propertyName: modified, operator: 'BETWEEN', value: String(since), highValue: String(until) },
          { propertyName: 'hs_object_id', operator: 'GT', value: lastId },
        ],
      },
    ],
    sorts: ['hs_object_id'],
    properties,
    limit: SEARCH_LIMIT,
    after: '0',
  });
  return pageSchema.parse(body).results;
}

/** A record, and those that became part of it. */
function withMerged(kind: Exclude<ImportKind, 'owner'>, record: HubspotRecord): ImportedRecord[] {
  const imported = toImported(kind, record);
  const merged = mergedIds(record)
    .filter((id) => id !== record.id)
    .map(
      (remoteId): ImportedRecord => ({
        kind,
        remoteId,
        name: imported.name,
        removed: true,
        mergedInto: record.id,
      }),
    );
  return [...merged, imported];
}

/** Archived records; HubSpot answers for the id of one that was merged with the one it lives on in. */
async function removed(
  api: HubspotApi,
  kind: Exclude<ImportKind, 'owner'>,
  records: readonly HubspotRecord[],
): Promise<ImportedRecord[]> {
  if (records.length === 0) return [];
  const { path } = IMPORTED[kind];
  const { body } = await api.post(`${API.objects}/${path}/batch/read?archived=false`, {
    inputs: records.map(({ id }) => ({ id })),
    properties: ['hs_merged_object_ids', 'hs_calculated_merged_vids'],
    propertiesWithHistory: [],
  });
  const alive = batchSchema.parse(body).results;
  return records.flatMap((record): ImportedRecord[] => {
    // Restored in the meantime.
    if (alive.some(({ id }) => id === record.id)) return [];
    const survivor = alive.find((each) => mergedIds(each).includes(record.id));
    return [
      {
        ...toImported(kind, record),
        removed: true,
        ...(survivor !== undefined && { mergedInto: survivor.id }),
      },
    ];
  });
}
