import type { Tx } from '../../../platform/database/database.ts';
import { Conflict, NotFound } from '../../../platform/errors.ts';
import { changeBetween, type DraftState, EMPTY_STATE, moveWith, spliceOf } from './change.ts';
import { type KeptChange, packChanges } from './pack.ts';
import { readHistoryIn, replay, type Version } from './read-history.ts';
import { diffWords } from './word-diff.ts';

/** From `start` to `end` of a text `inserted` takes the place. */
interface Replacement {
  start: number;
  end: number;
  inserted: string;
}

const PACKED = 256;

/**
 * Writes all that is kept of how a job's text came about anew: what `rewrite` takes out of a text is in no version, and
 * not in the draft either. What was typed at the place of something that a later version has taken out goes, too:
 * "Rosa Delg" stood there before "Rosa Delgado" did. What was settled at the units is dropped. Done twice it changes
 * nothing more.
 *
 * In: the transaction in which the final text is rewritten as well. Locks the job's row.
 * @param rewrite the same text for what it has rewritten already; words only, not parts of them
 * @param whileTyped the caller raises the draft's revision, so that a window which types in it learns of the change
 * @throws NotFound
 * @throws Conflict somebody types in it: their window would bring it back
 */
export async function rewriteHistory(
  tx: Tx,
  jobId: string,
  rewrite: (text: string) => string,
  whileTyped = false,
): Promise<void> {
  const [job] = await tx.$queryRaw<{ status: string }[]>`
    select status::text from job where id = ${jobId}::uuid for update`;
  if (!job) throw new NotFound(`No job ${jobId}`);
  if (job.status === 'claimed' && !whileTyped) {
    throw new Conflict(`Job ${jobId} is being typed`, {
      userMessage:
        'Somebody is typing this text at the moment. Wait until the job is finished, then try again.',
    });
  }
  const history = await readHistoryIn(tx, jobId);
  const taken = findReplacements(() => replay(history), rewrite);
  const wholes = new Set(history.wholes.map(({ revision }) => revision));
  const told = new Set(history.changes.map(({ revision }) => revision));
  await tx.draftPack.deleteMany({ where: { jobId } });
  await tx.draftChange.deleteMany({ where: { jobId } });
  await tx.draftVersion.deleteMany({ where: { jobId } });
  let before: DraftState = EMPTY_STATE;
  let changes: KeptChange[] = [];
  const pack = async () => {
    const [first, last] = [changes[0], changes.at(-1)];
    if (!first || !last) return;
    const data = { jobId, firstRevision: first.revision, lastRevision: last.revision };
    await tx.draftPack.create({ data: { ...data, changes: Uint8Array.from(await packChanges(changes)) } });
    changes = [];
  };
  let at = 0;
  for (const version of replay(history)) {
    const state = replaceIn(version, taken[at] ?? [], rewrite);
    at += 1;
    const { revision, userId, savedAt, windowKey, restoredFrom } = version;
    if (wholes.has(revision)) {
      const { text, anchors, marks } = state;
      const lists = {
        anchors: JSON.parse(JSON.stringify(anchors)),
        marks: JSON.parse(JSON.stringify(marks)),
      };
      await tx.draftVersion.create({ data: { jobId, revision, text, ...lists, userId, savedAt } });
    }
    if (told.has(revision))
      changes.push({ ...changeBetween(before, state), revision, userId, savedAt, windowKey, restoredFrom });
    if (changes.length === PACKED) await pack();
    before = state;
  }
  await pack();
  await rewriteDraft(tx, jobId, rewrite);
}

/** What is to go of each version. Looks from the last one back, so that a place is followed to where it began. */
function findReplacements(
  versions: () => Iterable<Version>,
  rewrite: (text: string) => string,
): Replacement[][] {
  // Texts are told one from the other and back; all of them at once would be gigabytes.
  const back: { splice: ReturnType<typeof spliceOf>; removed: string }[] = [];
  let text = '';
  for (const version of versions()) {
    const splice = spliceOf(text, version.text);
    back.push({ splice, removed: text.slice(splice.start, splice.start + splice.removed) });
    text = version.text;
  }
  const found: Replacement[][] = [];
  let later: Replacement[] = [];
  for (const { splice, removed } of back.toReversed()) {
    const here = replaceAll(text, later);
    if (rewrite(here) !== here) later = joined([...later, ...replacementsBetween(text, rewrite(text))]);
    found.push(later);
    later = joined(later.flatMap((each) => placeBefore(each, splice)));
    text = text.slice(0, splice.start) + removed + text.slice(splice.start + splice.inserted.length);
  }
  return found.reverse();
}

/** Where the place was before an edit; gone when it came with the edit and took nothing's place. */
function placeBefore(
  { start, end, inserted }: Replacement,
  edit: { start: number; removed: number; inserted: string },
): Replacement[] {
  const until = edit.start + edit.inserted.length;
  const shift = edit.removed - edit.inserted.length;
  if (end <= edit.start) return [{ start, end, inserted }];
  if (start >= until) return [{ start: start + shift, end: end + shift, inserted }];
  const from = Math.min(start, edit.start);
  const to = Math.max(end, until) + shift;
  return to > from ? [{ start: from, end: to, inserted }] : [];
}

function replacementsBetween(before: string, after: string): Replacement[] {
  const found: Replacement[] = [];
  let at = 0;
  let open: Replacement | null = null;
  for (const { kind, text } of diffWords(before, after)) {
    if (kind === 'same') {
      open = null;
      at += text.length;
      continue;
    }
    if (!open) {
      open = { start: at, end: at, inserted: '' };
      found.push(open);
    }
    if (kind === 'added') open.inserted += text;
    else {
      at += text.length;
      open.end = at;
    }
  }
  return found.map((each) => withoutShared(before, each));
}

/** The diff goes by words with the space before them; that stayed. */
function withoutShared(text: string, { start, end, inserted }: Replacement): Replacement {
  let shared = 0;
  while (start + shared < end && shared < inserted.length && text[start + shared] === inserted[shared])
    shared += 1;
  return { start: start + shared, end, inserted: inserted.slice(shared) };
}

/** In order, none in another's way: where two meet, they are one. */
function joined(replacements: readonly Replacement[]): Replacement[] {
  const list: Replacement[] = [];
  for (const each of replacements.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
    const last = list.at(-1);
    if (last && each.start < last.end) {
      const isWider = each.end - each.start > last.end - last.start;
      list[list.length - 1] = {
        start: last.start,
        end: Math.max(last.end, each.end),
        inserted: isWider ? each.inserted : last.inserted,
      };
    } else list.push(each);
  }
  return list;
}

function replaceAll(text: string, replacements: readonly Replacement[]): string {
  let made = '';
  let at = 0;
  for (const { start, end, inserted } of replacements) {
    made += text.slice(at, start) + inserted;
    at = end;
  }
  return made + text.slice(at);
}

function replaceIn(
  { text, anchors, marks }: DraftState,
  replacements: readonly Replacement[],
  rewrite: (text: string) => string,
): DraftState {
  let moved = { anchors, marks };
  for (const { start, end, inserted } of replacements.toReversed())
    moved = moveWith(moved, { start, removed: end - start, inserted });
  return {
    text: replaceAll(text, replacements),
    anchors: moved.anchors,
    marks: moved.marks.map((mark) => ({ ...mark, note: mark.note && rewrite(mark.note) })),
  };
}

async function rewriteDraft(tx: Tx, jobId: string, rewrite: (text: string) => string): Promise<void> {
  const draft = await tx.draft.findUnique({ where: { jobId } });
  if (!draft) return;
  const text = rewrite(draft.text);
  const anchors = draft.anchors as [number, number][];
  const state = replaceIn(
    { text: draft.text, anchors, marks: [] },
    replacementsBetween(draft.text, text),
    rewrite,
  );
  await tx.$executeRaw`
    update draft set text = ${text}, anchors = ${JSON.stringify(state.anchors)}::jsonb, review = null
    where job_id = ${jobId}::uuid`;
}

/** Nothing is kept any more of how a job's text came about: no version, and no draft. Gone already: nothing to do. */
export async function forgetHistory(tx: Tx, jobId: string): Promise<void> {
  await tx.draftPack.deleteMany({ where: { jobId } });
  await tx.draftChange.deleteMany({ where: { jobId } });
  await tx.draftVersion.deleteMany({ where: { jobId } });
  await tx.draft.deleteMany({ where: { jobId } });
}
