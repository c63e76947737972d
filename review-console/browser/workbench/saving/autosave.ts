import type { Mark } from '../../../../transcription/doubts/doubt.ts';
import { movePassages } from '../../../../transcription/doubts/move-passage.ts';
import { findSplice, mergeTexts } from '../../../../transcription/jobs/text-splice.ts';
import { type Anchor, shiftAnchors } from '../audio/anchors.ts';

/**
 * Autosave as a pure state machine; `draft-keeper.ts` gives it the clock, the network and local storage.
 *
 * Times are of a clock that only goes forward: after a jump of the computer's own, saves would wait for hours.
 *
 *   idle ── edited ──▶ dirty ── (pause of 400 ms, at most 800 ms) ──▶ saving ── accepted ──▶ idle | dirty
 *   saving ── no answer ──▶ offline ── (retry, growing) / online ──▶ saving
 *   saving ── conflict: answer of ours that was lost ──▶ as accepted
 *   saving ── conflict: changes in different places ──▶ merged, dirty
 *   saving ── conflict: same place ──▶ conflict ── resolved by the person ──▶ dirty
 *   any ── lease lost ──▶ lost (text kept locally; nothing is sent) ── lease regained ──▶ dirty
 *
 * One request is in flight at a time, and it always names the revision that it was typed on.
 */
export interface Content {
  text: string;
  anchors: readonly Anchor[];
  audioPositionMs: number;
  /** State of the review step; null before it was opened. */
  review: unknown;
  /** Where its unclear passages are; missing in what earlier versions kept. */
  marks?: readonly Mark[];
  /** It is the text of that revision, brought back. */
  restoredFrom?: number;
}

export interface ServerDraft extends Content {
  revision: number;
}

export type SavePhase = 'idle' | 'dirty' | 'saving' | 'offline' | 'conflict' | 'lost';

export interface Autosave {
  phase: SavePhase;
  /** The server's revision that our text goes on from. */
  revision: number;
  /** Text of that revision: what both sides of a merge started from. */
  baseText: string;
  baseAnchors: readonly Anchor[];
  content: Content;
  /** What is being sent; kept after a failure, because it may have arrived. */
  sent: Content | null;
  /** Texts that were sent and never answered for: one of them may be what the server has. */
  unanswered: readonly string[];
  dirtySinceMs: number | null;
  /** When to send next; null: not before something happens. */
  sendAtMs: number | null;
  failures: number;
  /** The server's side while the phase is conflict. */
  theirs: ServerDraft | null;
  /** Counts merges, so that the screen can take over the merged text. */
  merges: number;
}

export type AutosaveEvent =
  | { type: 'edited'; content: Content }
  | { type: 'due' }
  | { type: 'flush' }
  | { type: 'accepted'; revision: number }
  | { type: 'failed' }
  | { type: 'conflicted'; theirs: ServerDraft }
  | { type: 'lease-lost' }
  | { type: 'online' }
  /** The page goes away and sends what it has; nobody hears the answer. It may come back. */
  | { type: 'left' }
  | { type: 'resolved'; content: Content }
  | { type: 'lease-regained' };

export const PAUSE_MS = 400;
export const LONGEST_WAIT_MS = 800;
const RETRY_MS = [500, 1_000, 2_000, 5_000] as const;

/** Starts from what the server has; `content` may already be newer (recovered from this computer). */
export function startAutosave(server: ServerDraft, content: Content, nowMs: number): Autosave {
  const same = sameContent(server, content);
  return {
    phase: same ? 'idle' : 'dirty',
    revision: server.revision,
    baseText: server.text,
    baseAnchors: server.anchors,
    content,
    sent: null,
    unanswered: [],
    dirtySinceMs: same ? null : nowMs,
    sendAtMs: same ? null : nowMs,
    failures: 0,
    theirs: null,
    merges: 0,
  };
}

/** Whether there is something that the server doesn't have for sure. */
export function isUnsaved(state: Autosave): boolean {
  return state.phase !== 'idle';
}

export function sameContent(a: Content, b: Content): boolean {
  return (
    a.text === b.text &&
    a.audioPositionMs === b.audioPositionMs &&
    sameJson(a.anchors, b.anchors) &&
    sameJson(a.review, b.review) &&
    sameJson(a.marks ?? [], b.marks ?? [])
  );
}

function sameJson(a: unknown, b: unknown): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Whether the time has come to send; the caller then sends `state.content` on `state.revision`. */
export function shouldSend(state: Autosave, nowMs: number): boolean {
  return (
    (state.phase === 'dirty' || state.phase === 'offline') &&
    state.sendAtMs !== null &&
    state.sendAtMs <= nowMs
  );
}

export function stepAutosave(state: Autosave, event: AutosaveEvent, nowMs: number): Autosave {
  switch (event.type) {
    case 'edited':
      return edited(state, event.content, nowMs);
    case 'due':
      return shouldSend(state, nowMs)
        ? { ...state, phase: 'saving', sent: state.content, sendAtMs: null, dirtySinceMs: null }
        : state;
    case 'flush':
    case 'online':
      return state.phase === 'dirty' || state.phase === 'offline' ? { ...state, sendAtMs: nowMs } : state;
    case 'left':
      return { ...state, unanswered: [...state.unanswered, state.content.text].slice(-8) };
    case 'accepted':
      return accepted(state, event.revision, nowMs);
    case 'failed':
      return failed(state, nowMs);
    case 'conflicted':
      return conflicted(state, event.theirs, nowMs);
    case 'lease-lost':
      return { ...state, phase: 'lost', sendAtMs: null, sent: null };
    case 'resolved':
      return resolved(state, event.content, nowMs);
    case 'lease-regained':
      return state.phase === 'lost'
        ? { ...state, phase: 'dirty', dirtySinceMs: nowMs, sendAtMs: nowMs, failures: 0 }
        : state;
  }
}

function edited(state: Autosave, content: Content, nowMs: number): Autosave {
  if (state.phase === 'idle' || state.phase === 'dirty') {
    const dirtySinceMs = state.dirtySinceMs ?? nowMs;
    const sendAtMs = Math.min(nowMs + PAUSE_MS, dirtySinceMs + LONGEST_WAIT_MS);
    return { ...state, phase: 'dirty', content, dirtySinceMs, sendAtMs };
  }
  // Saving: sent when the answer is there. Offline, conflict, lost: kept, their own timers decide.
  return { ...state, content, dirtySinceMs: state.dirtySinceMs ?? nowMs };
}

function accepted(state: Autosave, revision: number, nowMs: number): Autosave {
  if (state.phase !== 'saving' || !state.sent) return state;
  const sent = state.sent;
  const common = {
    ...state,
    revision,
    baseText: sent.text,
    baseAnchors: sent.anchors,
    sent: null,
    unanswered: [],
    failures: 0,
  };
  if (sameContent(sent, state.content))
    return { ...common, phase: 'idle', dirtySinceMs: null, sendAtMs: null };
  const dirtySinceMs = state.dirtySinceMs ?? nowMs;
  const sendAtMs = Math.min(nowMs + PAUSE_MS, dirtySinceMs + LONGEST_WAIT_MS);
  return { ...common, phase: 'dirty', dirtySinceMs, sendAtMs };
}

function failed(state: Autosave, nowMs: number): Autosave {
  if (state.phase !== 'saving') return state;
  const waitMs = RETRY_MS[Math.min(state.failures, RETRY_MS.length - 1)] ?? 5_000;
  const unanswered = state.sent ? [...state.unanswered, state.sent.text].slice(-8) : state.unanswered;
  return {
    ...state,
    phase: 'offline',
    sent: null,
    unanswered,
    failures: state.failures + 1,
    sendAtMs: nowMs + waitMs,
  };
}

function conflicted(state: Autosave, theirs: ServerDraft, nowMs: number): Autosave {
  const sendAgain = { sent: null, phase: 'dirty', dirtySinceMs: nowMs, sendAtMs: nowMs } as const;
  // Ours arrived, its answer did not.
  const isOurs = state.unanswered.includes(theirs.text) || theirs.text === state.sent?.text;
  if (isOurs || theirs.text === state.content.text || theirs.text === state.baseText)
    return { ...state, ...sendAgain, ...on(theirs) };
  const merged = mergeTexts(state.baseText, state.content.text, theirs.text);
  if (merged === null) return { ...state, sent: null, phase: 'conflict', theirs, sendAtMs: null };
  return {
    ...state,
    ...sendAgain,
    ...on(theirs),
    content: withText(state.content, merged),
    merges: state.merges + 1,
  };
}

function on({
  revision,
  text,
  anchors,
}: ServerDraft): Pick<Autosave, 'revision' | 'baseText' | 'baseAnchors'> {
  return { revision, baseText: text, baseAnchors: anchors };
}

/** A merged text is ours with one replacement in it, so our anchors and marks move as if it had been typed. */
export function withText<C extends Content>(content: C, merged: string): C {
  const splice = findSplice(content.text, merged);
  const anchors = splice ? shiftAnchors(content.anchors, splice) : content.anchors;
  const marks = content.marks && movePassages(content.marks, content.text, merged);
  return { ...content, text: merged, anchors, ...(marks && { marks }) };
}

function resolved(state: Autosave, content: Content, nowMs: number): Autosave {
  if (state.phase !== 'conflict' || !state.theirs) return state;
  return {
    ...state,
    phase: 'dirty',
    ...on(state.theirs),
    content,
    theirs: null,
    dirtySinceMs: nowMs,
    sendAtMs: nowMs,
    failures: 0,
  };
}
