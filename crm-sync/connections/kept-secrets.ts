import { z } from 'zod';
import type { Database } from '../../platform/database/database.ts';
import type { Platform } from '../../platform/platform.ts';
import type { SecretBox } from '../../platform/secret-box.ts';
import { type Credentials, credentialBox } from '../connectors/credentials.ts';

const enteredSchema = z.record(z.string(), z.object({ at: z.iso.datetime(), byId: z.string().nullable() }));

/** When each secret was entered and by whom: the shape of `connector.secrets_entered`. */
export type SecretsEntered = z.infer<typeof enteredSchema>;

export function readSecretsEntered(value: unknown): SecretsEntered {
  return enteredSchema.catch({}).parse(value);
}

const credentialsSchema = z.record(z.string(), z.string());
const textsSchema = z.record(z.string(), z.string()).catch({});

/**
 * What is kept of a connection, opened; `lost` when it was sealed under another DICTALINE_SECRET, so that everything
 * has to be entered again. No lock.
 */
export async function openKept(
  prisma: Pick<Database['prisma'], 'connector'>,
  box: SecretBox,
  connectorId: string,
): Promise<{ credentials: Credentials; lost: boolean }> {
  const row = await prisma.connector.findUnique({
    where: { id: connectorId },
    select: { credentials: true },
  });
  const sealed = row?.credentials ?? null;
  if (sealed === null) return { credentials: {}, lost: false };
  const text = box.open(sealed, connectorId);
  return text === null
    ? { credentials: {}, lost: true }
    : { credentials: credentialsSchema.parse(JSON.parse(text)), lost: false };
}

/** What of a connection is kept and may be left blank, and what it was entered for. Never the secrets themselves. */
export async function keptSecrets(
  { config, database }: Pick<Platform, 'config' | 'database'>,
  connectorId: string,
): Promise<{ keys: string[]; settings: Record<string, string>; lost: boolean }> {
  const [{ credentials, lost }, row] = await Promise.all([
    openKept(database.prisma, credentialBox(config), connectorId),
    database.prisma.connector.findUnique({ where: { id: connectorId }, select: { settings: true } }),
  ]);
  return { keys: Object.keys(credentials), settings: textsSchema.parse(row?.settings), lost };
}
