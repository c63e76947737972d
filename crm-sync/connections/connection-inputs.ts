import type { ConnectorInput, ConnectorKind } from '../connectors/connector-kind.ts';

/** What an administrator entered, told apart: settings may be shown again, secrets never are. */
export interface EnteredConnection {
  name: string;
  settings: Record<string, string>;
  /** Those that were typed; a secret that was left blank stays as it is. */
  secrets: Record<string, string>;
  /** Those that are kept stay; not when the address has changed: what opens one CRM is not sent to another. */
  keepSecrets: boolean;
}

/** A sentence by field: an input's key, or `name`. */
export type InputErrors = Record<string, string>;

export type ReadInputs = { ok: true; entered: EnteredConnection } | { ok: false; errors: InputErrors };

const MAX_NAME = 100;
const MAX_LENGTH = 20_000;

/**
 * Reads the fields of a connection's form by what its kind asks for. Pure.
 *
 * @param kept settings of before, and the keys of the secrets that may be left blank; null: it is new.
 */
export function readInputs(
  kind: Pick<ConnectorKind, 'inputs' | 'checkSettings'>,
  fields: Readonly<Record<string, unknown>>,
  kept: { settings: Readonly<Record<string, string>>; keys: readonly string[] } | null,
): ReadInputs {
  const errors: InputErrors = {};
  const settings: Record<string, string> = {};
  const secrets: Record<string, string> = {};
  const textOf = (key: string) => (typeof fields[key] === 'string' ? fields[key].trim() : '');
  const keepSecrets = kept !== null && !hasMoved(kind, kept.settings, textOf);
  const secretsKept = new Set(keepSecrets ? kept.keys : []);
  const name = textOf('name');
  if (name === '') errors.name = 'Give the connection a name.';
  else if (name.length > MAX_NAME) errors.name = `Keep the name below ${MAX_NAME} characters.`;
  for (const input of kind.inputs) {
    const text = textOf(input.key);
    const error = faultOf(input, text, secretsKept);
    if (error !== null) errors[input.key] = error;
    else if (input.type !== 'secret') settings[input.key] = text;
    else if (text !== '') secrets[input.key] = text;
  }
  if (Object.keys(errors).length === 0) {
    for (const { key, message } of kind.checkSettings?.(settings) ?? []) errors[key] = message;
  }
  if (Object.keys(errors).length > 0) {
    if (kept !== null && !keepSecrets && Object.keys(errors).some((key) => kept.keys.includes(key)))
      errors.form = MOVED;
    return { ok: false, errors };
  }
  return { ok: true, entered: { name, settings, secrets, keepSecrets } };
}

const MOVED =
  'The address has changed, so enter the secrets again: what opens one CRM is not sent to another.';

/** Whether secrets would go to another server than the one that they were entered for. */
function hasMoved(
  { inputs }: Pick<ConnectorKind, 'inputs'>,
  before: Readonly<Record<string, string>>,
  textOf: (key: string) => string,
): boolean {
  const originOf = (text: string) => (URL.canParse(text) ? new URL(text).origin : text);
  return inputs.some(
    ({ key, type }) => type === 'url' && originOf(before[key] ?? '') !== originOf(textOf(key)),
  );
}

function faultOf(input: ConnectorInput, text: string, secretsKept: ReadonlySet<string>): string | null {
  if (text === '') {
    const mayBeBlank = !input.required || (input.type === 'secret' && secretsKept.has(input.key));
    return mayBeBlank ? null : `Fill in ${input.label}.`;
  }
  if (text.length > MAX_LENGTH) return `${input.label} is longer than anything of its kind; check it.`;
  if (input.type === 'number' && !Number.isFinite(Number(text))) return `${input.label} is a number.`;
  if (input.type === 'choice' && !input.options?.some(({ value }) => value === text))
    return `Choose one of the list for ${input.label}.`;
  return input.type === 'url' ? urlFault(input.label, text) : null;
}

const LOCAL = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/;

function urlFault(label: string, text: string): string | null {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null) return `Write ${label} as an address, like https://example.com.`;
  // Over plain HTTP anybody on the way reads the customers; a server on this very machine has no way.
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && LOCAL.test(url.hostname)))
    return `${label} begins with https://, so that nobody on the way can read along.`;
  if (url.username !== '' || url.password !== '')
    return `Leave user and password out of ${label}; there are fields of their own for them.`;
  return null;
}
