/**
 * Versions of the code model.
 *
 *   learned ──▶ in_force ──▶ superseded ──▶ in_force again (a person puts it back)
 *      │   └──▶ candidate ──▶ in_force     (a person holds another version, and then takes this one)
 *      └──────▶ refused                    (its figures were not good enough)
 *
 * At most one is in force; none: the shipped one, version 0. Every change runs under one lock.
 */
import { z } from 'zod';
import type { Database, Tx } from '../../platform/database/database.ts';
import type { CodeModel } from '../thought-units/coding/code-model.ts';
import { codeWeights } from '../thought-units/coding/weights.ts';

const weights = z.object({
  codes: z.array(z.string()),
  features: z.record(z.string(), z.array(z.number())),
  transitions: z.record(z.string(), z.array(z.array(z.number()))),
});
const setting = z.object({ automatic: z.boolean() });
const SETTING = 'code-learning';

export const SHIPPED = 0;

/** Held until the transaction ends. */
export async function lockCodeModels(tx: Tx): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended('code-model', 0))`;
}

/** The weights of a row; null where they are kept no more. */
export function readWeights(stored: unknown): CodeModel | null {
  const parsed = weights.safeParse(stored);
  return parsed.success ? parsed.data : null;
}

/** The model that makes suggestions. */
export async function readModelInForce(
  prisma: Pick<Database['prisma'], 'codeModel'>,
): Promise<{ version: number; model: CodeModel }> {
  const row = await prisma.codeModel.findFirst({
    where: { state: 'in_force' },
    select: { version: true, weights: true },
  });
  const model = row && readWeights(row.weights);
  return row && model ? { version: row.version, model } : { version: SHIPPED, model: codeWeights };
}

/** Whether a better model is put in force by itself. Off while a person holds a version. */
export async function isAutomatic(prisma: Pick<Database['prisma'], 'setting'>): Promise<boolean> {
  const row = await prisma.setting.findUnique({ where: { key: SETTING } });
  const parsed = setting.safeParse(row?.value);
  return parsed.success ? parsed.data.automatic : true;
}

export async function writeAutomatic(tx: Tx, automatic: boolean): Promise<void> {
  await tx.setting.upsert({
    where: { key: SETTING },
    create: { key: SETTING, value: { automatic } },
    update: { value: { automatic } },
  });
}
