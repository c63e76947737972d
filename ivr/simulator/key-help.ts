import type { Pool } from 'pg';
import {
  type KeyMap,
  keyMapOf,
  type PauseCommand,
  type RecordingCommand,
} from '../flow/dictating/key-maps.ts';
import { loginSteps } from '../flow/login/steps.ts';
import { carrierKey } from '../webhooks/keyed-hash.ts';

/** What the keys do at this moment, for somebody who looks at a phone page. */
export interface KeyHelp {
  title: string;
  keys: { key: string; does: string }[];
}

/** Where a call is, as far as its keys depend on it. */
interface Place {
  at: string;
  keyMap: string;
}

const RECORDING: Readonly<Record<RecordingCommand, string>> = {
  finish: 'finish and send',
  pause: 'pause, with a menu',
  help: 'where am I, which keys',
};

const PAUSED: Readonly<Record<PauseCommand, string>> = {
  continue: 'go on recording',
  play_last: 'hear the last ten seconds',
  play_all: 'hear it from the start',
  redo: 'say the last part anew',
  drop: 'drop the last part',
  urgent: 'mark it urgent',
  hold: 'send it later',
  help: 'where am I, which keys',
  finish: 'finish and send',
};

const list = <C extends string>(
  entries: readonly (readonly [string, C])[],
  does: Readonly<Record<C, string>>,
) => entries.map(([key, command]) => ({ key, does: does[command] }));

function recordingHelp(map: KeyMap): KeyHelp {
  const entries = Object.entries(map.recording) as [string, RecordingCommand][];
  return { title: 'Recording', keys: list(entries, RECORDING) };
}

/** The keys by the map in force; null where the line says itself what they do. */
export function keyHelpOf({ at, keyMap }: Place): KeyHelp | null {
  const map = keyMapOf(keyMap);
  switch (at) {
    case 'recording':
    case 'helped':
      return recordingHelp(map);
    case 'paused':
      return { title: 'Pause', keys: list(map.paused, PAUSED) };
    case 'confirm_drop':
    case 'confirm_redo':
      return {
        title: 'Really?',
        keys: [
          { key: map.confirm, does: 'yes' },
          { key: 'any other', does: 'no, keep it' },
        ],
      };
    default:
      return Object.hasOwn(loginSteps, at) ? LOGIN : null;
  }
}

const LOGIN: KeyHelp = {
  title: 'Number or PIN',
  keys: [
    { key: '0–9', does: 'the digits' },
    { key: '#', does: 'done' },
    { key: '*', does: 'start the entry over' },
  ],
};

/** In: the carrier's id of a call. Out: what its keys do now. One statement; locks nothing. */
export async function findKeyHelp(
  { pool, secret }: { pool: Pool; secret: string },
  carrierCallId: string,
): Promise<KeyHelp | null> {
  const { rows } = await pool.query<Place>(
    `select state ->> 'at' as at, coalesce(state ->> 'keyMap', '') as "keyMap" from call where carrier_key = $1`,
    [carrierKey(secret, carrierCallId)],
  );
  return rows[0] === undefined ? null : keyHelpOf(rows[0]);
}
