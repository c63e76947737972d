import type { Mark } from '../../../../transcription/doubts/doubt.ts';
import { movePassages } from '../../../../transcription/doubts/move-passage.ts';
import { mergeTexts } from '../../../../transcription/jobs/text-splice.ts';
import { type Content, type ServerDraft, withText } from './autosave.ts';

/** What this computer kept of a job, written with each keystroke. */
export interface LocalDraft extends Content {
  /** Of this browser's claim: kept beside the text, because localStorage may forget its last seconds. */
  leaseToken: string;
  /** Server's revision that it was typed on, and that revision's text. */
  revision: number;
  baseText: string;
  /** Texts that were sent without an answer; one of them may be what the server has. */
  unanswered: readonly string[];
  /** False once the server had confirmed exactly this. */
  unsaved: boolean;
  savedAtMs: number;
  /** Rises with each write on this computer, whatever its clock does. */
  seq: number;
}

/**
 * What to go on with after a reload, a crash, or on another day:
 * - `server`: nothing here that the server doesn't have
 * - `local`: this computer has newer typing on the server's revision
 * - `merged`: both went on, in different places; both are in the content
 * - `both`: both changed the same place; a person chooses, and neither is dropped meanwhile
 */
export type Recovery =
  | { kind: 'server'; content: Content }
  | { kind: 'local'; content: Content }
  | { kind: 'merged'; content: Content }
  | { kind: 'both'; content: Content; local: LocalDraft };

export function recoverDraft(local: LocalDraft | null, server: ServerDraft): Recovery {
  const fromServer: Content = {
    text: server.text,
    anchors: server.anchors,
    audioPositionMs: server.audioPositionMs,
    review: server.review,
    ...(server.marks && { marks: server.marks }),
  };
  // Another window was saving while this one asked: what it had confirmed is newer than the answer.
  const isAhead = local !== null && local.revision > server.revision;
  if (!local || (!local.unsaved && !isAhead)) return { kind: 'server', content: fromServer };
  const fromLocal: Content = {
    text: local.text,
    anchors: local.anchors,
    audioPositionMs: local.audioPositionMs,
    review: local.review,
    ...(server.marks && { marks: marksIn(local, server) }),
  };
  if (!local.unsaved) return { kind: 'local', content: fromLocal };
  const serverHasNothingNew =
    server.revision <= local.revision ||
    server.text === local.baseText ||
    local.unanswered.includes(server.text);
  if (serverHasNothingNew) return { kind: 'local', content: fromLocal };
  if (server.text === local.text) return { kind: 'server', content: fromServer };
  const merged = mergeTexts(local.baseText, local.text, server.text);
  if (merged !== null) return { kind: 'merged', content: withText(fromLocal, merged) };
  return { kind: 'both', content: fromServer, local };
}

/** Which marks there are the server knows; where they are in the text of this computer, this computer. */
function marksIn(local: LocalDraft, server: ServerDraft): Mark[] {
  const here = new Map(local.marks?.map((mark) => [mark.id, mark]));
  return movePassages(server.marks ?? [], server.text, local.text).map((mark) => here.get(mark.id) ?? mark);
}
