import type { z } from 'zod';
import { Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CrmConnector, CrmObjectDefinition } from '../connectors/connector.ts';
import { CrmError } from '../connectors/crm-error.ts';
import { describeCrm } from '../connectors/describe-crm.ts';
import { createOpenConnector } from '../connectors/open-connector.ts';
import { checkMappings, type MappingFault } from './check-mappings.ts';
import { type DryRun, dryRun } from './dry-run/dry-run.ts';
import { madeValues } from './made-values.ts';
import type { KeyedMapping, MappingFields } from './mapping.ts';
import { type MappingPreview, previewMapping } from './preview-mapping.ts';
import { countRedelivered, type RedeliverWhich, redeliver } from './redeliver.ts';
import { createTemplates } from './templates.ts';
import { usualMappings } from './usual-mappings.ts';
import { type AppliedMapping, applyDraft } from './versions/apply-draft.ts';
import type { mappingInput } from './versions/draft-content.ts';
import {
  changeDraft,
  discardDraft,
  type Edited,
  type MappingEdit,
  type MappingState,
  readState,
} from './versions/draft-store.ts';
import { listVersions, type MappingVersion, readVersion } from './versions/read-versions.ts';

/** A connection whose mapping is shown. */
export interface MappedConnector {
  id: string;
  kind: string;
  name: string;
  active: boolean;
}

export interface MappingView extends MappingState {
  connector: MappedConnector;
  /** What the CRM says of itself; null when it could not be asked. */
  objects: CrmObjectDefinition[] | null;
  /** A sentence: why it could not, or why this is an older description. */
  problem: string | null;
  /** Of the draft where there is one, else of what is in force. */
  faults: MappingFault[];
  /** What is usually mapped at such a CRM, and is not here. */
  usual: MappingFields[];
}

type Actor = { id: string; name: string };

/** What administrators do with the mapping of a connection: behind the screens and the API alike. */
export interface MappingService {
  list(): Promise<(MappedConnector & { version: number; hasDraft: boolean })[]>;
  /** @throws NotFound no such connection */
  view(connectorId: string, options?: { anew?: boolean }): Promise<MappingView>;
  change(
    connectorId: string,
    made: { version: number; revision: number; edit: MappingEdit; actor: Actor },
  ): Promise<Edited>;
  discard(connectorId: string, actor: Actor): Promise<void>;
  apply(connectorId: string, made: { revision: number; note: string; actor: Actor }): Promise<AppliedMapping>;
  preview(
    connectorId: string,
    asked: { mapping: z.infer<typeof mappingInput>; reportId: string | null },
  ): Promise<MappingPreview>;
  /** What the template made of the last reports, with in how many of them. */
  madeValues(mapping: MappingFields): Promise<Map<string, number>>;
  /** @throws Conflict the CRM can't be read at the moment; says why */
  dryRun(connectorId: string): Promise<DryRun>;
  /** Newest first. */
  versions(connectorId: string): Promise<MappingVersion[]>;
  /** @throws NotFound there was no such version */
  version(connectorId: string, version: number): Promise<KeyedMapping[]>;
  countRedelivered(which: RedeliverWhich): Promise<number>;
  redeliver(connectorId: string, which: RedeliverWhich, actor: Actor): Promise<number>;
}

type Needs = Pick<Platform, 'config' | 'database' | 'clock' | 'objects' | 'log'>;

export function createMappingService(platform: Needs): MappingService {
  const { database, clock, config } = platform;
  const { prisma } = database;
  const openConnector = createOpenConnector(platform);
  const templates = createTemplates();
  const { publicUrl } = config;

  async function open(connectorId: string) {
    const row = await prisma.connector.findUnique({ where: { id: connectorId } });
    if (row === null) throw new NotFound(`no connector ${connectorId}`);
    try {
      return { row, connector: openConnector(row), isBroken: false };
    } catch (error) {
      // Settings that this version can't do anything with: its mapping can still be read and changed.
      platform.log.error({ err: error, connectorId }, 'a connection could not be opened');
      return { row, connector: null, isBroken: true };
    }
  }

  async function describe(
    { row, connector, isBroken }: Awaited<ReturnType<typeof open>>,
    anew: boolean,
  ): Promise<{ objects: CrmObjectDefinition[] | null; problem: string | null }> {
    if (connector === null) {
      const problem = isBroken
        ? 'This connection is not set up right. Look over it under CRM, Connections.'
        : 'This version of Dictaline doesn’t know this kind of CRM.';
      return { objects: null, problem };
    }
    try {
      const { objects, problem } = await describeCrm(platform, row, connector, { anew });
      return { objects, problem };
    } catch (error) {
      if (error instanceof CrmError) return { objects: null, problem: error.message };
      platform.log.error({ err: error, connectorId: row.id }, 'a CRM could not be described');
      return {
        objects: null,
        problem: 'The CRM could not be asked for its fields; look at its connection, then try again.',
      };
    }
  }

  return {
    async list() {
      const rows = await prisma.connector.findMany({
        orderBy: { createdAt: 'asc' },
        select: {
          id: true,
          kind: true,
          name: true,
          active: true,
          mappingDraft: { select: { connectorId: true } },
        },
      });
      return Promise.all(
        rows.map(async ({ mappingDraft, ...row }) => {
          const { version } = await readState(prisma, row.id);
          return { ...row, version, hasDraft: mappingDraft !== null };
        }),
      );
    },

    async view(connectorId, { anew = false } = {}) {
      const opened = await open(connectorId);
      const [state, described] = await Promise.all([readState(prisma, connectorId), describe(opened, anew)]);
      const { id, kind, name, active } = opened.row;
      const mapped = state.draft?.mappings ?? state.inForce;
      const faults = checkMappings(mapped, described.objects);
      const usual = usualMappings(opened.row, mapped, described.objects);
      return { ...state, ...described, connector: { id, kind, name, active }, faults, usual };
    },

    async change(connectorId, made) {
      await open(connectorId);
      return changeDraft(database, { connectorId, ...made });
    },

    async discard(connectorId, actor) {
      await open(connectorId);
      if (await discardDraft(database, connectorId))
        await prisma.auditEntry.create({
          data: {
            at: clock.now(),
            actorId: actor.id,
            action: 'mapping.draft_discarded',
            subjectType: 'crm_mapping',
            subjectId: connectorId,
          },
        });
    },

    async apply(connectorId, { revision, note, actor }) {
      const { objects } = await describe(await open(connectorId), false);
      return applyDraft(platform, objects, { connectorId, revision, note, actorId: actor.id });
    },

    async preview(connectorId, { mapping, reportId }) {
      const { objects } = await describe(await open(connectorId), false);
      return previewMapping({ database, objects, templates, publicUrl }, { mapping, reportId });
    },

    madeValues: (mapping) => madeValues({ database, templates, publicUrl }, mapping),

    async dryRun(connectorId) {
      const opened = await open(connectorId);
      const [state, { objects, problem }] = await Promise.all([
        readState(prisma, connectorId),
        describe(opened, false),
      ]);
      if (objects === null || opened.connector === null) throw cantRead(problem);
      return runDry(opened.connector, objects, state);
    },

    async versions(connectorId) {
      await open(connectorId);
      return listVersions(prisma, connectorId);
    },
    async version(connectorId, version) {
      return (await readVersion(prisma, connectorId, version)).map(({ id: _, ...mapping }) => mapping);
    },

    countRedelivered: (which) => countRedelivered(platform, which),
    async redeliver(connectorId, which, actor) {
      await open(connectorId);
      return redeliver(platform, { connectorId, which, actorId: actor.id });
    },
  };

  async function runDry(
    connector: CrmConnector,
    objects: CrmObjectDefinition[],
    { connectorId, inForce, draft }: MappingState,
  ): Promise<DryRun> {
    try {
      return await dryRun(
        { database, connector, objects, templates, publicUrl },
        { connectorId, present: inForce, draft: draft?.mappings ?? inForce },
      );
    } catch (error) {
      if (error instanceof CrmError) throw cantRead(error.message);
      throw error;
    }
  }
}

function cantRead(problem: string | null): Conflict {
  return new Conflict('the CRM can not be read for a dry run', {
    userMessage: problem ?? 'The CRM can’t be read at the moment. Try again in a minute.',
  });
}
