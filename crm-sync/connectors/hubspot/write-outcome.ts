import type { CrmObjectType, CrmWrite, CrmWriteResult } from '../connector.ts';
import { sameValue } from '../same-value.ts';
import { explainRefusal, refuse } from './explain-refusal.ts';
import { findRecords, isInRecycleBin } from './find-records.ts';
import { areTargetsAlive, type LinkTargets } from './link-targets.ts';
import type { Plan } from './plan-write.ts';
import type { HubspotFields } from './properties.ts';
import type { RecordDeps } from './record-deps.ts';
import type { HubspotError } from './responses.ts';
import type { BatchOutcome } from './send-batch.ts';

/** A write on its way. */
export interface Item {
  /** Its place among the writes. */
  index: number;
  write: CrmWrite;
  plan: Plan;
}

/** What writes to one object have in common. */
export interface Run {
  deps: RecordDeps;
  objectType: CrmObjectType;
  fields: HubspotFields;
  targets: LinkTargets;
}

export const RELINK: CrmWriteResult = {
  status: 'transient',
  message:
    'What this belongs to was deleted or merged at HubSpot; it is looked up and tried again by itself.',
  retryAfterMs: null,
};

/** What HubSpot's answer for one record means for the ledger. */
export async function resultOf(run: Run, item: Item, outcome: BatchOutcome): Promise<CrmWriteResult> {
  switch (outcome.status) {
    case 'done':
      return { status: 'written', revision: outcome.record.updatedAt };
    case 'unknown': {
      const { message, retryAfterMs } = outcome;
      return { status: 'transient', message, retryAfterMs };
    }
    case 'refused':
      return afterRefusal(run, item, outcome.error);
  }
}

/** What a refusal means, where need be after a look at what has changed at HubSpot meanwhile. */
async function afterRefusal(
  { deps, objectType, fields, targets }: Run,
  { write, plan }: Item,
  error: HubspotError,
): Promise<CrmWriteResult> {
  const { externalKey, links, expectedRevision } = write;
  const object = deps.api.objects[objectType];
  const refusal = explainRefusal(error, object, fields, write.fields);
  if (typeof refusal === 'object') return refusal;
  const current = (await findRecords(deps, objectType, [externalKey])).get(externalKey)?.snapshot ?? null;
  // Nobody but us knows the key: another process, or this very request sent twice on its way, has made it.
  const isTwin =
    plan.there === null &&
    current !== null &&
    write.fields.every(({ field, value }) => sameValue(current.fields[field], value));
  if (isTwin) return { status: 'unchanged', revision: current.revision };
  const isOther = plan.there === null ? current !== null : current?.revision !== plan.there.snapshot.revision;
  // Made, changed, merged or deleted since we looked.
  if (isOther)
    return expectedRevision === undefined
      ? {
          status: 'transient',
          message: `Somebody wrote this ${object.noun} at the same moment; it is tried again by itself.`,
          retryAfterMs: null,
        }
      : { status: 'conflict', current };
  if (!(await areTargetsAlive(deps, links, targets))) return RELINK;
  if (plan.there === null) {
    const known = existingId(error);
    if (refusal === 'exists' && known !== null) {
      await deps.links.keep([{ objectType, externalKey, remoteId: known }]);
      return {
        status: 'transient',
        message: `HubSpot has a ${object.noun} with this e-mail address already; it is written there by itself.`,
        retryAfterMs: null,
      };
    }
    if (await isInRecycleBin(deps, objectType, externalKey))
      return refuse(
        `This ${object.noun} is in HubSpot’s recycle bin; restore it or delete it for good there, then try again.`,
      );
  }
  if (refusal === 'exists')
    return {
      status: 'transient',
      message: `HubSpot has this ${object.noun} under way already; it is tried again by itself.`,
      retryAfterMs: null,
    };
  return refuse(
    `HubSpot does not take this ${object.noun}; look at its required properties and validation rules there, then try again.`,
  );
}

/** Of the record that has the e-mail address already: beside our key the one thing that HubSpot keeps unique. */
function existingId({ context, message }: HubspotError): string | null {
  return context.existingId?.[0] ?? /\bExisting ID: (\d+)/.exec(message)?.[1] ?? null;
}
