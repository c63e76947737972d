import type { HubspotApi } from './hubspot-api.ts';
import { API } from './objects.ts';
import { ownerPageSchema } from './responses.ts';

/** HubSpot's users as owners of records; here a person is an e-mail address, there a number. */
export interface Owners {
  /** Ids by e-mail address in lower case, of those whom HubSpot has. */
  idsOf(emails: readonly string[]): Promise<Map<string, string>>;
  /** E-mail addresses in lower case by id; of those deactivated, too. */
  emailsOf(ids: readonly string[]): Promise<Map<string, string>>;
}

export function createOwners(api: HubspotApi): Owners {
  const emailById = new Map<string, string>();
  const idByEmail = new Map<string, string>();
  const loaded = { active: false, archived: false };

  async function loadAll(which: 'active' | 'archived'): Promise<void> {
    let after: string | undefined;
    do {
      const query = new URLSearchParams({ limit: '100', archived: String(which === 'archived') });
      if (after !== undefined) query.set('after', after);
      after = await loadPage(query);
    } while (after !== undefined);
    loaded[which] = true;
  }

  async function loadPage(query: URLSearchParams): Promise<string | undefined> {
    const { body } = await api.get(`${API.owners}?${query}`);
    const { results, paging } = ownerPageSchema.parse(body);
    for (const { id, email, archived } of results) {
      if (email === null || email === undefined || email === '') continue;
      emailById.set(id, email.toLowerCase());
      // A person who left and came back has two ids; the one in use counts.
      if (!archived) idByEmail.set(email.toLowerCase(), id);
    }
    return paging?.next?.after;
  }

  return {
    async idsOf(emails) {
      for (const email of new Set(emails)) {
        // Not from the full list: somebody may have been invited since it was read.
        if (!idByEmail.has(email))
          await loadPage(new URLSearchParams({ email, limit: '1', archived: 'false' }));
      }
      return known(idByEmail, emails);
    },
    async emailsOf(ids) {
      const lacking = () => ids.some((id) => !emailById.has(id));
      if (lacking() && !loaded.active) await loadAll('active');
      if (lacking() && !loaded.archived) await loadAll('archived');
      return known(emailById, ids);
    },
  };
}

function known(all: ReadonlyMap<string, string>, wanted: readonly string[]): Map<string, string> {
  return new Map(
    wanted.flatMap((key) => {
      const value = all.get(key);
      return value === undefined ? [] : [[key, value] as const];
    }),
  );
}
