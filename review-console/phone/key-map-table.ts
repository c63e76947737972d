/** What the keys of the phone do while dictating, as the phone has it; handed in by app. */
export interface ShownKeyMap {
  name: string;
  recording: readonly { key: string; command: string }[];
  paused: readonly { key: string; command: string }[];
  /** Answers yes where a part would be thrown away. */
  confirm: string;
}

export interface KeyMapTable {
  maps: { name: string; label: string }[];
  columns: number;
  groups: { label: string; rows: { label: string; keys: string[] }[] }[];
}

const MAP_LABELS: Readonly<Record<string, string>> = {
  standard: 'Standard',
  record_on_1: 'Record on 1',
  record_on_2: 'Record on 2',
};

const RECORDING: Readonly<Record<string, string>> = {
  finish: 'Finish and send',
  pause: 'Pause',
  help: 'Help: where am I?',
};

const PAUSED: Readonly<Record<string, string>> = {
  continue: 'Go on',
  play_last: 'Hear the last ten seconds',
  play_all: 'Hear all of it',
  redo: 'Say the last part anew',
  drop: 'Drop the last part',
  urgent: 'Mark it urgent',
  hold: 'Put it on hold',
  help: 'Help: where am I?',
  finish: 'Finish and send',
};

export function labelOfKeyMap(name: string): string {
  return MAP_LABELS[name] ?? name;
}

/** All maps side by side: a row a command, a column a map. Pure. */
export function keyMapTable(maps: readonly ShownKeyMap[]): KeyMapTable {
  const rowsOf = (words: Readonly<Record<string, string>>, situation: 'recording' | 'paused') =>
    Object.entries(words).map(([command, label]) => ({
      label,
      keys: maps.map((map) => keysOf(map[situation], command)),
    }));
  return {
    maps: maps.map(({ name }) => ({ name, label: labelOfKeyMap(name) })),
    columns: maps.length + 1,
    groups: [
      { label: 'While speaking', rows: rowsOf(RECORDING, 'recording') },
      {
        label: 'Paused',
        rows: [
          ...rowsOf(PAUSED, 'paused'),
          { label: 'Yes, drop it', keys: maps.map(({ confirm }) => confirm) },
        ],
      },
    ],
  };
}

function keysOf(keys: ShownKeyMap['paused'], wanted: string): string {
  return (
    keys
      .filter(({ command }) => command === wanted)
      .map(({ key }) => key)
      // As they are spoken: pound first.
      .sort((a, b) => Number(/\d/.test(a)) - Number(/\d/.test(b)))
      .join(' or ')
  );
}
