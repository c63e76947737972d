import { z } from 'zod';
import { type InputErrors, readInputs } from '../../../crm-sync/connections/connection-inputs.ts';
import { keptSecrets } from '../../../crm-sync/connections/kept-secrets.ts';
import type { ConnectionView } from '../../../crm-sync/connections/list-connections.ts';
import type { ConnectorKind } from '../../../crm-sync/connectors/connector-kind.ts';
import { InvalidInput } from '../../../platform/errors.ts';
import type { Platform } from '../../../platform/platform.ts';
import { id, time, timeOf } from '../api.ts';

const texts = z.record(z.string(), z.string().max(20_000));

/** What is filled in; `secrets` are never answered. */
export const connectionInput = z.object({
  name: z.string().max(100),
  settings: texts.default({}).describe('By the keys of the kind’s inputs'),
  secrets: texts.default({}).describe('By key; one that is left out stays as it is'),
});

export const connection = z.object({
  id,
  kind: z.string(),
  name: z.string(),
  active: z.boolean().describe('Whether reports are delivered there'),
  settings: texts,
  secretsEntered: z.record(z.string(), z.object({ at: time })).describe('When each secret was entered'),
  changedAt: time.describe('Whoever changes it names this'),
  checkedAt: time.nullable(),
  problem: z.string().nullable().describe('Why it does not let us in, as far as is known'),
  pausedUntil: time.nullable(),
  waiting: z.int(),
  failed: z.int(),
  conflicts: z.int(),
  doubts: z.int().describe('Records of which a person has to say whether they are ours'),
  findings: z.int().describe('What is not there as we wrote it'),
  importedAt: time.nullable(),
  reconciledAt: time.nullable(),
});

export function toConnection(view: ConnectionView): z.infer<typeof connection> {
  const {
    id: connectionId,
    kind,
    name,
    active,
    settings,
    waiting,
    failed,
    conflicts,
    doubts,
    findings,
  } = view;
  return {
    id: connectionId,
    kind,
    name,
    active,
    settings,
    secretsEntered: Object.fromEntries(
      Object.entries(view.secretsEntered).map(([key, { at }]) => [key, { at }]),
    ),
    changedAt: view.changedAt.toISOString(),
    checkedAt: timeOf(view.checkedAt),
    problem: view.checkProblem,
    pausedUntil: timeOf(view.pausedUntil),
    waiting,
    failed,
    conflicts,
    doubts,
    findings,
    importedAt: timeOf(view.importing?.endedAt ?? null),
    reconciledAt: timeOf(view.reconciledAt),
  };
}

export const health = z.object({
  ok: z.boolean(),
  message: z.string().nullable().describe('What to do when it is not'),
});

/** @throws InvalidInput with the sentence about the first field that is not right */
export async function readConnection(
  platform: Pick<Platform, 'config' | 'database'>,
  kind: ConnectorKind,
  { name, settings, secrets }: z.infer<typeof connectionInput>,
  connectorId: string | null,
) {
  const kept = connectorId === null ? null : await keptSecrets(platform, connectorId);
  const parsed = readInputs(kind, { ...settings, ...secrets, name }, kept);
  if (parsed.ok) return parsed.entered;
  throw new InvalidInput('a connection is not filled in right', { userMessage: firstOf(parsed.errors) });
}

function firstOf(errors: InputErrors): string {
  return errors.form ?? Object.values(errors)[0] ?? 'Something is not filled in right.';
}
