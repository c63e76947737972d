import type { ConnectionView } from '../../crm-sync/connections/list-connections.ts';
import type { CrmObjectType } from '../../crm-sync/connectors/connector.ts';
import type { ConnectorKind } from '../../crm-sync/connectors/connector-kind.ts';
import type { ImportKind } from '../../crm-sync/connectors/import-source.ts';
import type { FindingView } from '../../crm-sync/reconciliation/list-findings.ts';
import { valueInWords } from '../crm/describe-entry.ts';

/** A connection's state in a word with its color, and in a sentence where there is one to say. Pure. */
export function stateOf(
  connection: Pick<ConnectionView, 'kind' | 'active' | 'checkProblem' | 'pausedUntil' | 'pauseReason'>,
  kind: Pick<ConnectorKind, 'label'> | null,
): { word: string; tone: string | null; sentence: string | null; until: Date | null } {
  const { active, checkProblem, pausedUntil, pauseReason } = connection;
  if (kind === null && connection.kind !== 'builtin')
    return {
      word: 'unknown kind',
      tone: 'late',
      sentence:
        'This version of Dictaline has no connector of that kind. Remove it, or install the version that had.',
      until: null,
    };
  if (checkProblem !== null)
    return {
      word: active ? 'does not let us in' : 'switched off',
      tone: active ? 'late' : null,
      sentence: checkProblem,
      until: null,
    };
  if (pausedUntil !== null)
    return { word: 'paused', tone: 'waiting', sentence: pauseReason, until: pausedUntil };
  return active
    ? { word: 'in use', tone: 'good', sentence: null, until: null }
    : { word: 'switched off', tone: null, sentence: null, until: null };
}

export interface FieldOfForm {
  key: string;
  label: string;
  help: string;
  type: 'text' | 'url' | 'number' | 'choice' | 'secret';
  required: boolean;
  value: string;
  error: string | undefined;
  choices: { value: string; label: string; selected: boolean }[];
  /** Of a secret that is kept. */
  entered: { at: Date; by: string } | null;
}

/**
 * What an administrator fills in. Secrets never come back: neither those that are kept, nor what was just typed.
 * @param typed as it was sent, to be corrected; null: as it is kept.
 */
export function fieldsOfForm(
  kind: Pick<ConnectorKind, 'inputs'>,
  {
    typed,
    connection,
    errors,
    names,
  }: {
    typed: Readonly<Record<string, unknown>> | null;
    connection: Pick<ConnectionView, 'settings' | 'secretsEntered'> | null;
    errors: Readonly<Record<string, string>>;
    /** Of people, by id. */
    names: ReadonlyMap<string, string>;
  },
): FieldOfForm[] {
  return kind.inputs.map((input) => {
    const kept = connection?.settings[input.key] ?? (connection === null ? input.initial : undefined) ?? '';
    const sent = typed?.[input.key];
    const value = input.type === 'secret' ? '' : typeof sent === 'string' ? sent : kept;
    const entered = connection?.secretsEntered[input.key];
    return {
      key: input.key,
      label: input.label,
      help: input.help,
      type: input.type,
      required: input.required,
      value,
      error: errors[input.key],
      choices: (input.options ?? []).map((option) => ({ ...option, selected: option.value === value })),
      entered:
        entered === undefined
          ? null
          : { at: new Date(entered.at), by: names.get(entered.byId ?? '') ?? 'somebody' },
    };
  });
}

export const KIND_WORDS: Record<ImportKind, { many: string; one: string }> = {
  owner: { many: 'People of the company', one: 'person of the company' },
  account: { many: 'Customers', one: 'customer' },
  contact: { many: 'Contacts', one: 'contact' },
  product: { many: 'Products', one: 'product' },
};

const OBJECT_WORDS: Record<CrmObjectType, string> = {
  account: 'account',
  contact: 'contact',
  activity: 'activity',
  task: 'task',
  deal: 'deal',
};

/** What is not as we wrote it, in a sentence. Pure. @param label of the field, as the CRM calls it. */
export function describeFinding(finding: FindingView, label: string | null): string {
  const { kind, objectType, recordName, externalKey, field, ours, theirs, matches, isPart } = finding;
  const object = OBJECT_WORDS[objectType];
  const name = recordName || externalKey;
  if (kind === 'gone') return `The ${object} ${name} is gone: it was deleted in the CRM, or lost its key.`;
  if (kind === 'doubled')
    return `The CRM has ${matches ?? 'several'} records of the ${object} ${name}. Merge them there, or delete what is too much.`;
  const place = `${label ?? field} of ${name}`;
  if (isPart) return `${place} lacks what the report added: ${valueInWords(ours)}.`;
  return kind === 'lacks'
    ? `${place} is empty; we wrote ${valueInWords(ours)}.`
    : `${place} says ${valueInWords(theirs)}; we wrote ${valueInWords(ours)}.`;
}
