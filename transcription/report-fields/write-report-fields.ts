/** Defining, changing and switching off a company's own fields. Nothing is ever overwritten: each change is a version. */
import type pg from 'pg';
import { z } from 'zod';
import { inTransaction } from '../../platform/database/in-transaction.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { newId } from '../../platform/new-id.ts';
import type { Platform } from '../../platform/platform.ts';
import { BUILT_IN_FIELDS, FIELD_TYPES, type FieldDefinition, keyOf, readCue } from './field-definition.ts';

type Writing = Pick<Platform, 'clock' | 'database'>;

const line = z.string().trim().min(1).max(300);
export const fieldInput = z.object({
  label: z.string().trim().max(80),
  description: z.string().trim().max(1000).default(''),
  type: z.enum(FIELD_TYPES),
  options: z
    .array(z.object({ value: line, words: z.array(line).max(30).default([]) }))
    .max(100)
    .default([]),
  cues: z.array(line).max(50).default([]),
  examples: z.array(line).max(50).default([]),
  minConfidence: z.number().min(0).max(1).nullable().default(null),
});
export type FieldInput = z.infer<typeof fieldInput>;

/** What is left out stays as it is. */
export const fieldChange = z.object({
  label: fieldInput.shape.label.optional(),
  description: z.string().trim().max(1000).optional(),
  type: fieldInput.shape.type.optional(),
  options: fieldInput.shape.options.unwrap().optional(),
  cues: fieldInput.shape.cues.unwrap().optional(),
  examples: fieldInput.shape.examples.unwrap().optional(),
  minConfidence: z.number().min(0).max(1).nullable().optional(),
  active: z.boolean().optional(),
  /** The version that the change was made from. */
  base: z.int().min(1),
});
type FieldChange = z.infer<typeof fieldChange>;

/** Why a definition can't be, as a sentence for the administrator; null when it can. Pure. */
export function faultOf({ label, type, options, cues }: FieldInput): string | null {
  if (keyOf(label) === '') return 'Give the field a name with letters in it.';
  if (type === 'choice' && options.length < 2) return 'A choice needs at least two things to choose from.';
  const free = type !== 'choice' && type !== 'person' && type !== 'product' && options.length === 0;
  const readable = cues.filter((cue) => readCue(cue) !== null);
  if (free && readable.length === 0)
    return 'Say beside which words the value stands, such as “after: renews”; without them nothing would be found.';
  if (readable.length < cues.length) return 'One of the cues has no words; write it like “after: renews”.';
  const twice = options.find(
    ({ value }, at) => options.findIndex((o) => o.value.toLowerCase() === value.toLowerCase()) !== at,
  );
  return twice ? `“${twice.value}” is there twice among the choices.` : null;
}

/**
 * A new field. Sent twice, the second finds the key taken.
 * @throws InvalidInput the definition can't be
 * @throws Conflict a field of that key is there, in use or switched off, or it is a built-in one's
 */
export async function addReportField(
  platform: Writing,
  input: FieldInput,
  actorId: string,
): Promise<{ key: string }> {
  refuseFaulty(input);
  const key = keyOf(input.label);
  if (BUILT_IN_FIELDS.has(key))
    throw new Conflict(`report field ${key} is built in`, {
      userMessage: `Every report has “${input.label}” already; choose another name.`,
    });
  await inTransaction(platform.database.pool, async (client) => {
    const { rows } = await client.query<{ active: boolean }>(
      'select active from report_field where key = $1 order by version desc limit 1',
      [key],
    );
    if (rows[0])
      throw new Conflict(`report field ${key} is there`, {
        userMessage: rows[0].active
          ? `There is a field “${input.label}” already; change that one.`
          : `There was a field “${input.label}”; switch it on again instead.`,
      });
    await append(client, platform, { key, version: 1, active: true, ...input }, actorId);
    await note(client, platform, 'report_field.added', key, actorId);
  });
  return { key };
}

/**
 * Changes a field, or switches it off or on. The same again makes no version.
 * @param base the version that the change was made from
 * @throws NotFound no such field
 * @throws InvalidInput the definition can't be
 * @throws Conflict somebody else has changed it meanwhile
 */
export async function changeReportField(
  platform: Writing,
  key: string,
  { base, ...change }: FieldChange,
  actorId: string,
): Promise<{ version: number }> {
  return inTransaction(platform.database.pool, async (client) => {
    // In: a key. Locks the field's first version, so that two changes come one after the other.
    await client.query('select 1 from report_field where key = $1 and version = 1 for update', [key]);
    const { rows } = await client.query<FieldDefinition & { version: number; active: boolean }>(
      `select key, version, label, description, data_type as type, options, cues, examples,
              min_confidence as "minConfidence", active
       from report_field where key = $1 order by version desc limit 1`,
      [key],
    );
    const [now] = rows;
    if (!now) throw new NotFound(`no report field ${key}`);
    const given = Object.entries(change).filter(([, value]) => value !== undefined);
    const next: typeof now = { ...now, ...Object.fromEntries(given) };
    refuseFaulty(next);
    if (JSON.stringify(next) === JSON.stringify(now)) return { version: now.version };
    if (now.version !== base)
      throw new Conflict(`report field ${key} is at version ${now.version}, not ${base}`, {
        userMessage: 'Somebody else changed this field meanwhile. Look at it again and repeat your change.',
      });
    const version = now.version + 1;
    await append(client, platform, { ...next, version }, actorId);
    const switched = next.active !== now.active;
    const action = switched ? (next.active ? 'switched_on' : 'switched_off') : 'changed';
    await note(client, platform, `report_field.${action}`, key, actorId);
    return { version };
  });
}

function refuseFaulty(input: FieldInput): void {
  const userMessage = faultOf(input);
  if (userMessage) throw new InvalidInput(`faulty report field ${keyOf(input.label)}`, { userMessage });
}

async function append(
  client: pg.ClientBase,
  { clock }: Writing,
  field: FieldInput & { key: string; version: number; active: boolean },
  actorId: string,
): Promise<void> {
  // In: one version. Adds it; of two at once with the same number the unique key lets one through.
  const { rowCount } = await client.query(
    `insert into report_field (id, key, version, label, description, data_type, options, cues, examples,
                               min_confidence, active, author_id, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
     on conflict (key, version) do nothing`,
    [
      newId(),
      field.key,
      field.version,
      field.label,
      field.description,
      field.type,
      JSON.stringify(field.options),
      field.cues,
      field.examples,
      field.minConfidence,
      field.active,
      actorId,
      clock.now(),
    ],
  );
  if (rowCount === 0)
    throw new Conflict(`report field ${field.key} has a version ${field.version}`, {
      userMessage: 'Somebody else defined or changed this field at the same moment. Look at it again.',
    });
}

async function note(
  client: pg.ClientBase,
  { clock }: Writing,
  action: string,
  key: string,
  actorId: string,
): Promise<void> {
  await client.query(
    `insert into audit_entry (id, at, actor_id, action, subject_type, subject_id)
     values ($1, $2, $3, $4, 'report_field', $5)`,
    [newId(), clock.now(), actorId, action, key],
  );
}
