/**
 * The page as the server has it now, whenever it is asked for: one look at a time, and once more for what changed
 * meanwhile. A look that fails is left out; the next event asks again. `restMs` lie between two looks at least: a busy
 * queue tells of many changes a second.
 */
export function createLook(url: string, show: (page: Document) => void, restMs = 0): () => void {
  let looking = false;
  let lookAgain = false;

  async function fetchPage(): Promise<void> {
    const response = await fetch(url, { headers: { accept: 'text/html' } });
    if (response.ok) show(new DOMParser().parseFromString(await response.text(), 'text/html'));
  }

  return function look(): void {
    if (looking) {
      lookAgain = true;
      return;
    }
    looking = true;
    fetchPage()
      .catch(() => undefined)
      .then(() => new Promise((resolve) => setTimeout(resolve, restMs)))
      .finally(() => {
        looking = false;
        if (!lookAgain) return;
        lookAgain = false;
        look();
      });
  };
}
