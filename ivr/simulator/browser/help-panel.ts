import type { KeyHelp } from '../key-help.ts';

export interface HelpPanel {
  /** `help` null: the line says itself what the keys do, in `words`; empty when it waits for none. */
  show(help: KeyHelp | null, words: string): void;
}

/** What the keys do now, beside the keys. */
export function createHelpPanel({
  panel,
  title,
  keys,
}: {
  panel: HTMLElement;
  title: HTMLElement;
  keys: HTMLDListElement;
}): HelpPanel {
  return {
    show(help, words) {
      panel.hidden = help === null && words === '';
      title.textContent = help === null ? 'Keys: as the line says' : `Keys: ${help.title}`;
      keys.replaceChildren(
        ...(help?.keys ?? [{ key: '', does: words }]).map(({ key, does }) => {
          const row = document.createElement('div');
          const [term, description] = [document.createElement('dt'), document.createElement('dd')];
          term.textContent = key;
          term.hidden = key === '';
          description.textContent = does;
          row.append(term, description);
          return row;
        }),
      );
    },
  };
}
