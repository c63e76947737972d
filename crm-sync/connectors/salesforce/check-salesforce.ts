import { z } from 'zod';
import type { ConnectorHealth } from '../connector.ts';
import { CrmError } from '../crm-error.ts';
import { type DescribedObject, sObjectsInUse } from './describe.ts';
import type { SalesforceDeps } from './salesforce-deps.ts';
import type { SObjectName } from './sobjects.ts';

const limitsSchema = z.object({ DailyApiRequests: z.object({ Max: z.number(), Remaining: z.number() }) });

/** Signs in and looks for what the connector needs; says what is missing, all of it at once. */
export async function checkSalesforce(deps: SalesforceDeps): Promise<ConnectorHealth> {
  try {
    const described = await deps.descriptions.renew();
    const missing = sObjectsInUse(deps.settings).flatMap((sObject) =>
      missingIn(sObject, described.get(sObject) ?? null, deps),
    );
    if (missing.length > 0) return { ok: false, message: missing.join(' ') };
    const limits = limitsSchema.safeParse(await deps.api.get('/limits')).data?.DailyApiRequests;
    if (limits !== undefined && limits.Remaining <= 0)
      return {
        ok: false,
        message: 'The daily API requests of your Salesforce are used up; it goes on by itself.',
      };
    return { ok: true };
  } catch (error) {
    if (error instanceof CrmError) return { ok: false, message: error.message };
    throw error;
  }
}

function missingIn(
  sObject: SObjectName,
  described: DescribedObject | null,
  { settings }: SalesforceDeps,
): string[] {
  if (described === null)
    return [`The user may not see ${sObject}; give it a permission set that allows it.`];
  const { keyField } = settings;
  const key = described.fields.get(keyField);
  // Custom fields of tasks and events are made on Activity.
  const place = sObject === 'Task' || sObject === 'Event' ? 'Activity' : sObject;
  const sentences: string[] = [];
  if (key === undefined)
    sentences.push(
      `${place} has no field ${keyField} that the user may see; make it (text, external ID, unique) and give the right.`,
    );
  else {
    if (!key.externalId || !key.unique)
      sentences.push(`${keyField} on ${place} must be an external ID and unique; change the field in Setup.`);
    if (!key.createable || !key.updateable)
      sentences.push(`The user may not write ${keyField} on ${place}; give the right to edit it.`);
    if (key.length > 0 && key.length < MIN_KEY_LENGTH)
      sentences.push(
        `${keyField} on ${place} is too short for our keys; make it ${MIN_KEY_LENGTH} characters or longer.`,
      );
  }
  if (!described.createable || !described.updateable)
    sentences.push(`The user may not create and edit ${sObject}; give it a permission set that allows it.`);
  return sentences;
}

/** “report-…-step-unit-123-4” and what imported keys add. */
const MIN_KEY_LENGTH = 100;
