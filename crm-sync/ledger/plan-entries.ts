import { createHash } from 'node:crypto';
import type { CrmFieldValue, CrmObjectType } from '../connectors/connector.ts';
import { isEmpty } from '../connectors/same-value.ts';
import { chooseMappings } from '../mapping/choose-mappings.ts';
import { findField, makeValue, noSuchField } from '../mapping/make-value.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { Desired } from './desired.ts';
import { type PlanInput, type Target, targetsOf } from './mapping-targets.ts';
import type { ReportValues } from './report-values.ts';

/** A row for the ledger, before it has an id. */
export interface PlannedEntry {
  idempotencyKey: string;
  objectType: CrmObjectType;
  externalKey: string;
  targetField: string;
  policy: string;
  desired: Desired;
  fieldValueId: string | null;
  nextStepId: string | null;
  /** `skipped`: certainty or policy keeps it out. `failed`: the mapping is at fault. */
  status: 'waiting' | 'skipped' | 'failed';
  /** A sentence for a person when it is not waiting. */
  reason: string | null;
}

const NEVER = 'The mapping says that this field is never written.';

/**
 * What a report should bring about in one CRM: a pure function of the mappings and the report. An entry's key is
 * made of target, report, version and value, so planning the same twice makes the same entries.
 */
export function planEntries(input: PlanInput): PlannedEntry[] {
  return chooseMappings(input.mappings, input.report.scope, input.objects).flatMap((mapping) =>
    targetsOf(mapping, input).flatMap((target) => planOne(mapping, target, input)),
  );
}

function planOne(mapping: Mapping, target: Target, input: PlanInput): PlannedEntry[] {
  const entry = (
    status: PlannedEntry['status'],
    value: CrmFieldValue,
    reason: string | null,
  ): PlannedEntry[] => [
    {
      idempotencyKey: keyOf(input, mapping, target, status === 'waiting' ? value : [status, reason ?? '']),
      objectType: mapping.objectType,
      externalKey: target.record.externalKey,
      targetField: mapping.targetField,
      policy: mapping.policy,
      desired: {
        value,
        display: typeof value === 'object' ? (value?.join(', ') ?? '') : String(value),
        source: mapping.source,
        mappingId: mapping.id,
        reportVersion: input.report.version,
        unitId: target.unitId,
        confirmedById: target.certain?.confirmedById ?? null,
        recordName: target.record.name,
        links: target.links,
      },
      fieldValueId: target.fieldValueId,
      nextStepId: target.nextStepId,
      status,
      reason,
    },
  ];
  // Planned all the same, so that what was written under an earlier mapping is left alone and not taken back.
  if (mapping.policy === 'never') return entry('skipped', null, NEVER);
  if (target.heldBack !== null) return entry('skipped', null, target.heldBack);

  const field = findField(input.objects, mapping);
  if (field === null) return entry('failed', null, noSuchField(mapping));
  const made = makeValue(mapping, target.contexts, field, input.templates).made;
  if (!made.ok) return entry('failed', null, made.message);
  if (isEmpty(made.value)) return [];
  const value = mapping.policy === 'append_dated' ? datedBlock(String(made.value), input.report) : made.value;
  return entry('waiting', value, null);
}

/** The first line names day, rep and report, so that people see whose words these are and we find them again. */
function datedBlock(text: string, report: ReportValues): string {
  return `${[report.date, report.speaker, report.reference].filter((part) => part !== '').join(' · ')}\n${text}`;
}

function keyOf(
  { connectorId, report }: PlanInput,
  mapping: Mapping,
  target: Target,
  value: CrmFieldValue,
): string {
  return entryKey([
    connectorId,
    mapping.objectType,
    target.record.externalKey,
    mapping.targetField,
    mapping.source,
    report.reportId,
    report.version,
    value,
  ]);
}

/** The key of a ledger entry: the same parts, the same key, on any machine. */
export function entryKey(parts: readonly (CrmFieldValue | number)[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
}
