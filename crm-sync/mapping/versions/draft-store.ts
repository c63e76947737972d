import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { Database, Tx } from '../../../platform/database/database.ts';
import { isUniqueViolation } from '../../../platform/database/unique-violation.ts';
import { Conflict, InvalidInput, NotFound } from '../../../platform/errors.ts';
import type { KeyedMapping } from '../mapping.ts';
import { type DraftContent, type DraftMapping, draftContent, type mappingInput } from './draft-content.ts';
import { readInForce, readVersion } from './read-versions.ts';

/** A connector's mapping with whatever is being changed about it. */
export interface MappingState {
  connectorId: string;
  /** In force. */
  version: number;
  inForce: KeyedMapping[];
  /** What is edited; null: nobody is at it, and the next change begins a draft. */
  draft: {
    revision: number;
    mappings: KeyedMapping[];
    touched: DraftContent['touched'];
    restores: number | null;
    updatedAt: Date;
    /** Another version came into force since it was begun: it can only be thrown away. */
    isStale: boolean;
  } | null;
}

type Prisma = Pick<Tx, 'fieldMapping' | 'mappingVersion' | 'mappingDraft'>;

export async function readState(prisma: Prisma, connectorId: string): Promise<MappingState> {
  const [{ version, mappings }, row] = await Promise.all([
    readInForce(prisma, connectorId),
    prisma.mappingDraft.findUnique({ where: { connectorId } }),
  ]);
  return {
    connectorId,
    version,
    inForce: mappings.map(({ id: _, ...mapping }) => mapping),
    draft: row && {
      revision: row.revision,
      ...draftContent.parse(row.content),
      updatedAt: row.updatedAt,
      isStale: row.baseVersion !== version,
    },
  };
}

/** One change of a draft. A mapping without a key is a new one. */
export type MappingEdit =
  | { kind: 'put'; key: string | null; mapping: z.infer<typeof mappingInput> }
  | { kind: 'remove'; key: string }
  /** As it is in force. */
  | { kind: 'reset'; key: string }
  | { kind: 'replace'; mappings: readonly DraftMapping[] }
  | { kind: 'bring_back'; version: number };

export interface Edited {
  revision: number;
  /** Of the mapping that was put; null for other changes. */
  key: string | null;
}

/**
 * Changes the draft, beginning one where there is none. A change names the version and the revision that it was made
 * on. A change of one mapping is refused only if somebody else changed that one since; a change of the whole, if
 * anything was.
 *
 * @throws Conflict somebody else was quicker; says who, and what it was
 * @throws NotFound no such mapping or version
 */
export async function changeDraft(
  { prisma }: Pick<Database, 'prisma'>,
  change: {
    connectorId: string;
    version: number;
    /** 0: there was no draft. */
    revision: number;
    edit: MappingEdit;
    actor: { id: string; name: string };
  },
): Promise<Edited> {
  const { connectorId, edit, actor } = change;
  const state = await readState(prisma, connectorId);
  refuseIfOvertaken(state, change);
  const before: DraftContent = state.draft ?? {
    mappings: state.inForce,
    touched: {},
    restores: null,
  };
  const revision = (state.draft?.revision ?? 0) + 1;
  const { mappings, keys, restores } = await applyEdit(prisma, state, before.mappings, edit);
  const touched = { ...before.touched };
  for (const key of keys) touched[key] = { revision, byName: actor.name };
  const parsed = draftContent.safeParse({ mappings, touched, restores });
  if (!parsed.success)
    throw new InvalidInput('a draft of a mapping that does not fit', {
      userMessage: 'The mapping is too large, or names one of its parts twice. Nothing was changed.',
    });
  const data = { revision, content: parsed.data, updatedById: actor.id };
  if (state.draft === null) {
    try {
      await prisma.mappingDraft.create({ data: { connectorId, baseVersion: state.version, ...data } });
    } catch (error) {
      if (!isUniqueViolation(error, 'mapping_draft_pkey')) throw error;
      return changeDraft({ prisma }, change);
    }
  } else {
    const { count } = await prisma.mappingDraft.updateMany({
      where: { connectorId, revision: state.draft.revision },
      data,
    });
    // Somebody else's change came in between: look again whether it was of the same mapping.
    if (count === 0) return changeDraft({ prisma }, change);
  }
  return { revision, key: edit.kind === 'put' ? (keys[0] ?? null) : null };
}

/** Throws the draft away. @returns whether there was one. */
export async function discardDraft(
  { prisma }: Pick<Database, 'prisma'>,
  connectorId: string,
): Promise<boolean> {
  return (await prisma.mappingDraft.deleteMany({ where: { connectorId } })).count > 0;
}

function refuseIfOvertaken(
  { version, draft }: MappingState,
  change: { version: number; revision: number; edit: MappingEdit },
): void {
  if (version !== change.version || draft?.isStale === true)
    throw new Conflict('another version of the mapping is in force', {
      userMessage: `Version ${version} of the mapping came into force meanwhile. Throw the draft away, look at what is in force now, then repeat your change.`,
    });
  const { edit } = change;
  if (edit.kind === 'replace' || edit.kind === 'bring_back') {
    const revision = draft?.revision ?? 0;
    if (revision !== change.revision) throw overtaken(draft?.touched ?? {}, change.revision);
    return;
  }
  if (edit.key === null) return;
  const touched = draft?.touched[edit.key];
  if (touched !== undefined && touched.revision > change.revision)
    throw overtaken({ [edit.key]: touched }, change.revision);
}

/** Says who changed what since a revision. */
export function overtaken(touched: DraftContent['touched'], since: number): Conflict {
  const later = Object.values(touched).filter(({ revision }) => revision > since);
  const people = [...new Set(later.map(({ byName }) => byName))].join(' and ') || 'Somebody else';
  const what = later.length === 1 ? 'this mapping' : `${later.length || 'some'} mappings`;
  return new Conflict('the draft of the mapping has moved on', {
    userMessage: `${people} changed ${what} in the draft meanwhile. What stands there now is shown below; yours was not saved.`,
  });
}

async function applyEdit(
  prisma: Prisma,
  { connectorId, inForce }: MappingState,
  mappings: readonly DraftMapping[],
  edit: MappingEdit,
): Promise<{ mappings: DraftMapping[]; keys: string[]; restores: number | null }> {
  const done = (next: DraftMapping[], keys: string[]) => ({ mappings: next, keys, restores: null });
  switch (edit.kind) {
    case 'put': {
      const key = edit.key ?? randomUUID();
      const made = { ...edit.mapping, key };
      if (edit.key === null) return done([...mappings, made], [key]);
      if (!mappings.some((mapping) => mapping.key === key)) throw noSuchMapping(key);
      return done(
        mappings.map((mapping) => (mapping.key === key ? made : mapping)),
        [key],
      );
    }
    case 'remove':
      return done(
        mappings.filter(({ key }) => key !== edit.key),
        [edit.key],
      );
    case 'reset': {
      const former = inForce.find(({ key }) => key === edit.key);
      if (former === undefined) throw noSuchMapping(edit.key);
      const rest = mappings.filter(({ key }) => key !== edit.key);
      return done([...rest, former], [edit.key]);
    }
    case 'replace':
      return done([...edit.mappings], [...new Set([...mappings, ...edit.mappings].map(({ key }) => key))]);
    case 'bring_back': {
      const back = (await readVersion(prisma, connectorId, edit.version)).map(({ id: _, ...each }) => each);
      const keys = [...new Set([...mappings, ...back].map(({ key }) => key))];
      return { mappings: back, keys, restores: edit.version };
    }
  }
}

function noSuchMapping(key: string): NotFound {
  return new NotFound(`no mapping ${key} in the draft`, {
    userMessage: 'Somebody removed this mapping meanwhile. Go back to the list and look again.',
  });
}
