import type { ClientBase } from 'pg';
import { z } from 'zod';
import type { Database } from '../../platform/database/database.ts';
import { createSecretBox, type SecretBox } from '../../platform/secret-box.ts';
import { CrmError } from './crm-error.ts';

/** What opens a CRM: an access token, a refresh token, a signing secret. Encrypted at rest, never shown again. */
export type Credentials = Readonly<Record<string, string>>;

const credentialsSchema = z.record(z.string(), z.string());

/** The credentials of one connection. */
export interface CredentialStore {
  /** @throws CrmError (`connection`) when there are none, or they were sealed with another secret. */
  read(): Promise<Credentials>;
  /**
   * Renews them: `renew` asks the CRM for new ones and its answer is kept. One process at a time does it; the others
   * wait and get what that one was given, since a refresh token may be good for one use only.
   *
   * @param stale what the caller holds; if others are kept by now, these are answered without asking the CRM.
   */
  renew(stale: Credentials, renew: (current: Credentials) => Promise<Credentials>): Promise<Credentials>;
}

/** The box that credentials are sealed in; the connector's id is the context. */
export function credentialBox(config: { secret: string }): SecretBox {
  return createSecretBox(config.secret, 'crm credentials');
}

/** Sealed for the column `connector.credentials`. */
export function sealCredentials(
  box: SecretBox,
  connectorId: string,
  credentials: Credentials,
): Uint8Array<ArrayBuffer> {
  return new Uint8Array(box.seal(JSON.stringify(credentials), connectorId));
}

export function createCredentialStore(
  { pool }: Pick<Database, 'pool'>,
  box: SecretBox,
  connectorId: string,
): CredentialStore {
  async function readBy(client: Pick<ClientBase, 'query'>): Promise<Credentials> {
    const { rows } = await client.query<{ credentials: Uint8Array | null }>(
      'select credentials from connector where id = $1',
      [connectorId],
    );
    const sealed = rows[0]?.credentials ?? null;
    if (sealed === null)
      throw new CrmError(
        'connection',
        'This connection has no credentials yet; enter them under CRM, Connections.',
      );
    const text = box.open(sealed, connectorId);
    if (text === null)
      throw new CrmError(
        'connection',
        'The credentials were kept under another secret (DICTALINE_SECRET); enter them again under CRM, Connections.',
      );
    return credentialsSchema.parse(JSON.parse(text));
  }

  return {
    read: () => readBy(pool),
    async renew(stale, renew) {
      const client = await pool.connect();
      const name = `crm-credentials:${connectorId}`;
      let broken: Error | undefined;
      try {
        // The lock belongs to the connection: a process that dies while the CRM is asked loses it.
        await client.query('select pg_advisory_lock(hashtextextended($1, 0))', [name]);
        try {
          const current = await readBy(client);
          if (!sameCredentials(current, stale)) return current;
          const renewed = await renew(current);
          await client.query('update connector set credentials = $2 where id = $1', [
            connectorId,
            sealCredentials(box, connectorId, renewed),
          ]);
          return renewed;
        } finally {
          await client
            .query('select pg_advisory_unlock(hashtextextended($1, 0))', [name])
            .catch((error: Error) => {
              broken = error;
            });
        }
      } finally {
        client.release(broken);
      }
    },
  };
}

function sameCredentials(a: Credentials, b: Credentials): boolean {
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => a[key] === b[key]);
}
