/**
 * Takes a newly rendered queue into the one that is being read, without moving it: rows that changed are replaced
 * where they stand, rows that are gone fade in their place, new ones wait until they are asked for.
 */
export interface LiveRows {
  /** Changes rows in place; returns how many new ones wait. */
  update(fresh: Element): number;
  /** Shows everything as the server has it. */
  showAll(): void;
}

export function createLiveRows(frame: Element): LiveRows {
  let latest: Element | null = null;
  const rowsOf = (root: Element) => [...root.querySelectorAll<HTMLElement>('tr[data-job]')];

  function showAll(): void {
    if (!latest) return;
    const currentJob = frame.querySelector<HTMLElement>('[data-current]')?.dataset.job;
    frame.replaceChildren(...[...latest.cloneNode(true).childNodes]);
    if (currentJob) frame.querySelector(`tr[data-job="${currentJob}"]`)?.setAttribute('data-current', '');
    latest = null;
  }

  return {
    showAll,
    update(fresh) {
      latest = fresh;
      const shown = rowsOf(frame);
      // Nothing is being read yet.
      if (shown.length === 0) {
        showAll();
        return 0;
      }
      const byId = new Map(rowsOf(fresh).map((row) => [row.dataset.job, row]));
      for (const row of shown) {
        const next = byId.get(row.dataset.job);
        byId.delete(row.dataset.job);
        if (!next) {
          row.dataset.gone = '';
          row.querySelector('a[data-open]')?.removeAttribute('data-open');
        } else if (next.dataset.version !== row.dataset.version || row.dataset.gone !== undefined) {
          const copy = next.cloneNode(true) as HTMLElement;
          if (row.hasAttribute('data-current')) copy.setAttribute('data-current', '');
          row.replaceWith(copy);
        }
      }
      return byId.size;
    },
  };
}
