import { ensureBuiltinConnector } from '../crm-sync/builtin-crm/ensure-builtin.ts';
import type { Database } from '../platform/database/database.ts';
import { isUniqueViolation } from '../platform/database/unique-violation.ts';
import { numberAccountsAtStart } from '../transcription/accounts/account-numbers.ts';
import { defaultCodebook } from '../transcription/thought-units/coding/codebook.ts';

/** The first version of the codebook, where there is none. Several processes may start at once. */
async function ensureCodebook({ prisma }: Database): Promise<void> {
  if (await prisma.codebook.findFirst({ select: { id: true } })) return;
  const codes = defaultCodebook.map(({ key, label, definition, cues }, position) => ({
    key,
    label,
    definition,
    cues,
    position,
  }));
  try {
    await prisma.codebook.create({ data: { version: 1, note: 'As installed', codes: { create: codes } } });
  } catch (error) {
    if (!isUniqueViolation(error, ['version'])) throw error;
  }
}

/** What every installation needs in its database beside the tables: a codebook, the built-in CRM, numbered accounts. */
export async function ensureBasics(database: Database): Promise<void> {
  await ensureCodebook(database);
  await ensureBuiltinConnector(database);
  await numberAccountsAtStart(database);
}
