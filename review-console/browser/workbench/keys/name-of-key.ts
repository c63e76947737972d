/** What of a keyboard event tells which key it was. */
export interface PressedKey {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

const NAMES: Readonly<Record<string, string>> = { ' ': 'Space', Esc: 'Escape', Spacebar: 'Space' };

/** "Ctrl+Shift+Enter": a pressed key as key maps write it. The Mac's command key counts as Ctrl. */
export function nameOfKey(event: PressedKey): string {
  const key = NAMES[event.key] ?? (event.key.length === 1 ? event.key.toUpperCase() : event.key);
  const parts: string[] = [];
  if (event.ctrlKey || event.metaKey) parts.push('Ctrl');
  if (event.altKey) parts.push('Alt');
  // "?" and "<" have their Shift in them already.
  if (event.shiftKey && (parts.length > 0 || key.length > 1)) parts.push('Shift');
  return [...parts, key].join('+');
}

/** Whether a key writes something where text is typed. */
export function typesText(name: string): boolean {
  return name.length === 1 || name === 'Space' || name === 'Shift+Space';
}

const SHOWN: Readonly<Record<string, string>> = {
  Escape: 'Esc',
  ArrowUp: '↑',
  ArrowDown: '↓',
  ArrowLeft: '←',
  ArrowRight: '→',
  PageUp: 'Page up',
  PageDown: 'Page down',
};

/** A key's name as a person reads it: "Esc", "Ctrl+↓"; single letters as they are typed. */
export function showKey(name: string): string {
  if (name.length === 1) return name.toLowerCase();
  const modifiers = name.match(/^(?:(?:Ctrl|Alt|Shift)\+)*/)?.[0] ?? '';
  const key = name.slice(modifiers.length);
  return modifiers + (SHOWN[key] ?? key);
}
