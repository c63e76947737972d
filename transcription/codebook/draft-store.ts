import type { Database, Tx } from '../../platform/database/database.ts';
import { isUniqueViolation } from '../../platform/database/unique-violation.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import { type DraftCode, type DraftContent, draftContent } from './draft-content.ts';
import { type DraftEdit, editDraft } from './edit-draft.ts';

/** There is one draft for all. */
const ONE = { id: 1 };

export interface Draft {
  baseVersion: number;
  revision: number;
  content: DraftContent;
  /** As last reckoned; of this revision or an older one. */
  preview: unknown;
  /** Another version came into force since it was begun: it can only be thrown away. */
  isStale: boolean;
}

export interface InForce {
  id: string;
  version: number;
  createdAt: Date;
  note: string;
  undoes: number | null;
  merges: unknown;
  codes: DraftCode[];
}

/** The version in force, null before there is one. */
export async function readInForce(prisma: Pick<Tx, 'codebook'>, version?: number): Promise<InForce | null> {
  return prisma.codebook.findFirst({
    where: version === undefined ? {} : { version },
    orderBy: { version: 'desc' },
    select: {
      id: true,
      version: true,
      createdAt: true,
      note: true,
      undoes: true,
      merges: true,
      codes: {
        orderBy: { position: 'asc' },
        select: {
          key: true,
          label: true,
          definition: true,
          cues: true,
          examples: true,
          exampleUnitIds: true,
          parentKey: true,
        },
      },
    },
  });
}

/** The draft as it is; null: nobody is editing. */
export async function readDraft(prisma: Pick<Tx, 'codebook' | 'codebookDraft'>): Promise<Draft | null> {
  const [row, inForce] = await Promise.all([
    prisma.codebookDraft.findUnique({ where: ONE }),
    prisma.codebook.findFirst({ orderBy: { version: 'desc' }, select: { version: true } }),
  ]);
  if (!row) return null;
  return {
    baseVersion: row.baseVersion,
    revision: row.revision,
    content: draftContent.parse(row.content),
    preview: row.preview,
    isStale: row.baseVersion !== (inForce?.version ?? 0),
  };
}

/** Begins a draft from the version in force. By two at once, or twice: one draft, for both. */
export async function beginDraft({ prisma }: Pick<Database, 'prisma'>, actorId: string): Promise<void> {
  const inForce = await readInForce(prisma);
  if (!inForce) throw new NotFound('No codebook');
  const content: DraftContent = { codes: inForce.codes, merges: [] };
  try {
    await prisma.codebookDraft.create({
      data: { ...ONE, baseVersion: inForce.version, content, updatedById: actorId },
    });
  } catch (error) {
    if (!isUniqueViolation(error, 'codebook_draft_pkey')) throw error;
  }
}

/**
 * Changes the draft. The change names the revision that it was made on: of two at once the later one is told, and
 * nothing of the first is lost.
 * @throws Conflict somebody else changed it meanwhile, or threw it away
 * @throws InvalidInput the change makes no sense; in words for the person
 */
export async function changeDraft(
  { prisma }: Pick<Database, 'prisma'>,
  { revision, edit, actorId }: { revision: number; edit: DraftEdit; actorId: string },
): Promise<{ revision: number }> {
  const draft = await readDraft(prisma);
  if (!draft || draft.isStale || draft.revision !== revision) throw movedOn();
  const edited = editDraft(draft.content, edit);
  if (!edited.ok)
    throw new InvalidInput('a change of the codebook that can not be', { userMessage: edited.fault });
  const parsed = draftContent.safeParse(edited.content);
  if (!parsed.success)
    throw new InvalidInput('a change of the codebook that does not fit', {
      userMessage: 'A label, definition, cue or example is empty or too long. Nothing was changed.',
    });
  const { count } = await prisma.codebookDraft.updateMany({
    where: { ...ONE, revision },
    data: { revision: revision + 1, content: parsed.data, updatedById: actorId },
  });
  if (count === 0) throw movedOn();
  return { revision: revision + 1 };
}

/** Throws the draft away. Thrown away already: nothing happens. */
export async function discardDraft({ prisma }: Pick<Database, 'prisma'>): Promise<void> {
  await prisma.codebookDraft.deleteMany({ where: ONE });
}

/** Keeps a preview, if the draft is still the one that it was reckoned for. */
export async function keepPreview(
  { prisma }: Pick<Database, 'prisma'>,
  { revision, preview }: { revision: number; preview: object },
): Promise<void> {
  await prisma.codebookDraft.updateMany({ where: { ...ONE, revision }, data: { preview } });
}

export const movedOn = (): Conflict =>
  new Conflict('the draft of the codebook has moved on', {
    userMessage: 'Somebody else changed the draft meanwhile. Look at it again, then repeat your change.',
  });
