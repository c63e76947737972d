import type { Row, SalesforceApi } from './salesforce-api.ts';
import { either, oneOf } from './soql.ts';

/** People of the company at Salesforce, told apart by e-mail as everywhere. */
export interface Users {
  /** Ids of active users by e-mail; null where no active user has it, or several have. */
  ids(emails: readonly string[]): Promise<Map<string, string | null>>;
  /** E-mail addresses by id; ids of queues and of users that are not seen are left out. */
  emails(ids: readonly string[]): Promise<Map<string, string>>;
  /** The next question is asked anew: somebody was deactivated. */
  forget(): void;
}

const MAX_IN_QUERY = 50;

/** Looks people up once for each open connection; those who are not found are looked for again. */
export function createUsers(api: SalesforceApi): Users {
  const idByEmail = new Map<string, string>();
  const emailById = new Map<string, string>();

  async function load(condition: string): Promise<Row[]> {
    const { rows } = await api.queryAll(`SELECT Id, Email, IsActive FROM User WHERE ${condition}`);
    for (const row of rows) emailById.set(String(row.Id), emailOf(row));
    return rows;
  }

  return {
    async ids(emails) {
      const wanted = [...new Set(emails.map((email) => email.trim().toLowerCase()))];
      const open = wanted.filter((email) => !idByEmail.has(email));
      for (let start = 0; start < open.length; start += MAX_IN_QUERY) {
        const part = open.slice(start, start + MAX_IN_QUERY);
        // A sandbox has every address with a suffix that keeps mail from going out.
        const condition = either(
          oneOf('Email', part),
          oneOf(
            'Email',
            part.map((email) => email + SANDBOX_SUFFIX),
          ),
        );
        const rows = (await load(condition ?? 'Id = null')).filter((row) => row.IsActive === true);
        for (const email of part) {
          const theirs = rows.filter((row) => emailOf(row) === email);
          const [only] = theirs;
          if (only !== undefined && theirs.length === 1) idByEmail.set(email, String(only.Id));
        }
      }
      return new Map(emails.map((email) => [email, idByEmail.get(email.trim().toLowerCase()) ?? null]));
    },

    async emails(ids) {
      const open = [...new Set(ids)].filter((id) => id.startsWith(USER_PREFIX) && !emailById.has(id));
      for (let start = 0; start < open.length; start += MAX_IN_QUERY)
        await load(oneOf('Id', open.slice(start, start + MAX_IN_QUERY)) ?? 'Id = null');
      return new Map(
        ids.flatMap((id) => {
          const email = emailById.get(id);
          return email === undefined ? [] : [[id, email] as const];
        }),
      );
    },

    forget() {
      idByEmail.clear();
    },
  };
}

const SANDBOX_SUFFIX = '.invalid';
/** Ids of users begin so, everywhere. */
const USER_PREFIX = '005';

function emailOf({ Email }: Row): string {
  return String(Email ?? '')
    .toLowerCase()
    .replace(/\.invalid$/, '');
}
