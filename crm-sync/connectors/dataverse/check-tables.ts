import { z } from 'zod';
import type { CrmHttp } from '../http/crm-http.ts';
import type { Table } from './tables.ts';

const keysSchema = z.object({
  value: z.array(
    z.object({ KeyAttributes: z.array(z.string()), EntityKeyIndexStatus: z.string().nullish() }),
  ),
});

/**
 * Whether our user gets in, and whether each table has the key column with an alternate key on it that is ready.
 * @returns a sentence that says what is missing; null when nothing is.
 * @throws CrmError
 */
export async function checkTables(
  http: CrmHttp,
  root: string,
  keyColumn: string,
  tables: readonly Table[],
): Promise<string | null> {
  const { status } = await http.send({ method: 'GET', path: `${root}/WhoAmI` });
  if (status >= 400)
    return 'Dynamics knows the application but not as a user; add it under Application users, with a security role.';
  const lacking: string[] = [];
  const inTheMaking: string[] = [];
  for (const { logicalName } of tables) {
    const path = `${root}/EntityDefinitions(LogicalName='${logicalName}')/Keys?$select=KeyAttributes,EntityKeyIndexStatus`;
    const response = await http.send({ method: 'GET', path });
    const keys = keysSchema.catch({ value: [] }).parse(response.body).value;
    const key = keys.find(
      ({ KeyAttributes: [first, ...others] }) => first === keyColumn && others.length === 0,
    );
    if (key === undefined) lacking.push(logicalName);
    else if (key.EntityKeyIndexStatus !== 'Active') inTheMaking.push(logicalName);
  }
  if (lacking.length > 0)
    return `The tables ${lacking.join(', ')} have no alternate key on ${keyColumn}; add the text column and the key in Power Apps, or name another column.`;
  if (inTheMaking.length > 0)
    return `Dynamics is still making the key on ${inTheMaking.join(', ')}; check again in a few minutes.`;
  return null;
}
