import { z } from 'zod';
import type { ImportPage } from '../import-source.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { API } from './objects.ts';
import { ownerPageSchema } from './responses.ts';

const PAGE = 100;

const cursorSchema = z.object({ archived: z.boolean(), after: z.string().optional() });

/** Owners are few and have no search: each pass reads them all, those in use and those deactivated. */
export async function importOwners(api: HubspotApi, cursor: string | null): Promise<ImportPage> {
  const read = cursorSchema.safeParse(cursor === null ? null : JSON.parse(cursor));
  const { archived, after } = read.success ? read.data : { archived: false, after: undefined };
  const query = new URLSearchParams({
    limit: String(PAGE),
    archived: String(archived),
    ...(after !== undefined && { after }),
  });
  const { body } = await api.get(`${API.owners}?${query}`);
  const { results, paging } = ownerPageSchema.parse(body);
  const next = paging?.next?.after;
  const more = next !== undefined || !archived;
  return {
    records: results.map(({ id, email, firstName, lastName }) => {
      const name = [firstName, lastName].filter(Boolean).join(' ');
      return {
        kind: 'owner' as const,
        remoteId: id,
        name: name === '' ? (email ?? id) : name,
        removed: archived,
        email: (email ?? '').toLowerCase(),
      };
    }),
    cursor: JSON.stringify(next !== undefined ? { archived, after: next } : { archived: !archived }),
    more,
  };
}
