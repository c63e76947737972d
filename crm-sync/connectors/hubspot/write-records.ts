import type { CrmWrite, CrmWriteResult } from '../connector.ts';
import { associateAll, associationsOf } from './associations.ts';
import { refuse } from './explain-refusal.ts';
import { findRecords } from './find-records.ts';
import { dropFormerLinks, linkNotes } from './former-links.ts';
import { areTargetsAlive, resolveTargets, targetKey } from './link-targets.ts';
import { API, KEY_PROPERTY } from './objects.ts';
import { planWrite, runsOf, wavesOf } from './plan-write.ts';
import { prepareValues, propertiesOfNew } from './prepare-values.ts';
import type { RecordDeps } from './record-deps.ts';
import { type BatchInput, type BatchOutcome, orUnknown, sendBatch } from './send-batch.ts';
import { type Item, RELINK, type Run, resultOf } from './write-outcome.ts';

/**
 * Writes records, those of one type together. HubSpot has no conditional update, so the expected revision is looked at
 * just before. What a record belongs to is associated before it is updated, and together with it when it is made: a
 * delivery that dies in between must not come back to a record that looks complete.
 *
 * @throws CrmError when nothing is known of any of them.
 */
export async function writeRecords(deps: RecordDeps, writes: readonly CrmWrite[]): Promise<CrmWriteResult[]> {
  const results: CrmWriteResult[] = [];
  for (const run of runsOf(writes)) results.push(...(await writeRun(deps, run, results.length > 0)));
  return results;
}

async function writeRun(
  deps: RecordDeps,
  writes: readonly CrmWrite[],
  isLater: boolean,
): Promise<CrmWriteResult[]> {
  const objectType = writes[0]?.objectType;
  if (objectType === undefined) return [];
  const results = new Map<number, CrmWriteResult>();
  const { fields, prepared } = await prepareValues(deps, objectType, writes);
  const keys = writes.map(({ externalKey }) => externalKey);
  const linked = await deps.links.remoteIds(objectType, keys);
  // What is expected to be new needs no look: HubSpot itself refuses a second record with its key.
  const looked = writes.filter(
    ({ expectedRevision, externalKey }, index) =>
      prepared[index]?.ok === true && (expectedRevision !== null || linked.has(externalKey)),
  );
  const found = await findRecords(
    deps,
    objectType,
    looked.map(({ externalKey }) => externalKey),
  );
  const items: Item[] = [];
  for (const [index, write] of writes.entries()) {
    const values = prepared[index];
    if (values?.ok !== true) {
      results.set(index, refuse(values?.message ?? '', values?.field ?? null));
      continue;
    }
    const { noun } = deps.api.objects[objectType];
    const planned = planWrite(write, found.get(write.externalKey), values.properties, noun);
    if ('result' in planned) results.set(index, planned.result);
    else items.push({ index, write, plan: planned.plan });
  }
  const targets = await resolveTargets(
    deps,
    items.flatMap(({ write }) => write.links),
  );
  const run: Run = { deps, objectType, fields, targets };
  const ready = await linkFirst(run, items, results);
  let sentBefore = isLater;
  for (const way of ['create', 'upsert', 'update'] as const) {
    for (const wave of wavesOf(ready.filter(({ plan }) => plan.way === way))) {
      const path = `${API.objects}/${deps.api.objects[objectType].path}/batch/${way}`;
      const inputs = wave.map((item) => inputOf(run, item));
      const send = () => sendBatch(deps.api, path, inputs);
      const outcomes = sentBefore ? await orUnknown(wave.length, send) : await send();
      sentBefore = true;
      await keepIds(run, wave, outcomes);
      for (const [place, item] of wave.entries()) {
        const outcome = outcomes[place];
        if (outcome !== undefined) results.set(item.index, await resultOf(run, item, outcome));
      }
    }
  }
  return writes.map((_, index) => {
    const result = results.get(index);
    if (result === undefined) throw new Error('a write was left without a result');
    return result;
  });
}

/** Associates records that are there. @returns those of which values are to be written; the others have a result. */
async function linkFirst(
  { deps, objectType, targets }: Run,
  items: readonly Item[],
  results: Map<number, CrmWriteResult>,
): Promise<Item[]> {
  const there = items.flatMap(({ write, plan }) =>
    // A write that says nothing of links leaves them as they are.
    plan.there === null || write.links.length === 0 ? [] : [{ ...write, id: plan.there.remoteId }],
  );
  await dropFormerLinks(deps, there, targets);
  const refused = await associateAll(deps.api, objectType, there, targets);
  const linked = there.filter(({ id }) => !refused.has(id));
  await deps.links.keep(linkNotes(deps.api, linked, targets));
  const ready: Item[] = [];
  for (const item of items) {
    const { write, plan, index } = item;
    const lost = write.links.find((link) => !targets.has(targetKey(link)));
    if (lost !== undefined) {
      const { noun } = deps.api.objects[lost.objectType];
      results.set(
        index,
        refuse(`HubSpot refuses to make the ${noun} that this belongs to; make it there, then try again.`),
      );
    } else if (plan.there !== null && refused.has(plan.there.remoteId)) {
      results.set(
        index,
        (await areTargetsAlive(deps, write.links, targets))
          ? refuse('HubSpot refuses to link this record; look at its associations there, then try again.')
          : RELINK,
      );
    } else if (plan.there !== null && Object.keys(plan.properties).length === 0) {
      results.set(index, { status: 'unchanged', revision: plan.there.snapshot.revision });
    } else ready.push(item);
  }
  return ready;
}

function inputOf({ deps, objectType, fields, targets }: Run, { write, plan }: Item): BatchInput {
  const { way, there, properties } = plan;
  if (there !== null)
    return { body: { id: there.remoteId, properties }, isAnswer: ({ id }) => id === there.remoteId };
  const all = propertiesOfNew(write, properties, deps.api.objects[objectType], fields, deps.now());
  const isAnswer: BatchInput['isAnswer'] = (record) => record.properties[KEY_PROPERTY] === write.externalKey;
  return way === 'upsert'
    ? { body: { id: write.externalKey, idProperty: KEY_PROPERTY, properties: all }, isAnswer }
    : {
        body: { properties: all, associations: associationsOf(deps.api, objectType, write.links, targets) },
        isAnswer,
      };
}

async function keepIds(
  { deps, objectType, targets }: Run,
  wave: readonly Item[],
  outcomes: readonly BatchOutcome[],
): Promise<void> {
  const made = wave.flatMap(({ write, plan }, place) => {
    const outcome = outcomes[place];
    return outcome?.status === 'done' && plan.there === null ? [{ ...write, id: outcome.record.id }] : [];
  });
  await deps.links.keep([
    ...made.map(({ externalKey, id }) => ({ objectType, externalKey, remoteId: id })),
    ...linkNotes(deps.api, made, targets),
  ]);
}
