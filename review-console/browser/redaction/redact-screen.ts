import { type ChosenPlace, createPlacesPanel } from './places-panel.ts';
import { type Passage, type Plan, post, RedactionRefused } from './redaction-api.ts';
import { createSpanPlayer } from './span-player.ts';

/** The screen on which passages of a finished text are chosen, heard and taken out. */
export function startRedactScreen(root: HTMLElement): void {
  const find = <E extends HTMLElement>(mark: string) => root.querySelector<E>(`[data-redact-${mark}]`);
  const text = find<HTMLTextAreaElement>('text');
  const list = find('places');
  const confirm = find<HTMLButtonElement>('confirm');
  const told = find('told');
  if (!text || !list || !confirm || !told) return;
  const { endpoint = '', back = '/', version = '', dictation = '' } = root.dataset;
  const labels = [...document.querySelectorAll<HTMLTemplateElement>('template[data-redact-label]')].map(
    (template) => template.content.textContent ?? '',
  );
  const player = dictation ? createSpanPlayer(`/api/v1/dictations/${dictation}/audio`) : null;
  const none = find('none');
  // Made once: should the answer get lost, sending it again does nothing twice.
  let id = crypto.randomUUID();

  const tell = (message: string) => {
    told.hidden = message === '';
    told.textContent = message;
  };
  const panel = createPlacesPanel(list, {
    labels,
    player,
    onChange: () => {
      const count = panel?.places().length ?? 0;
      confirm.disabled = count === 0;
      if (count === 0 && none) list.replaceChildren(none);
    },
  });

  async function add(passage: Passage, label: string): Promise<void> {
    if (passage.end <= passage.start) return tell('Mark the words that are to go first.');
    tell('');
    const chosen = panel.places();
    const { places, values } = await planOf([...chosen, passage]);
    id = crypto.randomUUID();
    panel.show(
      places.map(
        (place): ChosenPlace => ({
          ...place,
          words: text?.value.slice(place.start, place.end) ?? '',
          label: chosen.find((old) => old.start === place.start)?.label ?? label,
        }),
      ),
    );
    showValues(values ?? []);
  }

  async function planOf(passages: readonly Passage[]): Promise<Plan> {
    const bare = passages.map(({ start, end }) => ({ start, end }));
    // An answer has neither audio nor values: what is marked is what goes.
    if (version === '') return { places: bare.map((each) => ({ ...each, audio: null })) };
    return post<Plan>(`${endpoint}/plan`, { passages: bare });
  }

  function showValues(values: readonly { display: string }[]): void {
    const box = find('values');
    const items = find('value-list');
    if (!box || !items) return;
    box.hidden = values.length === 0;
    items.replaceChildren(
      ...values.map(({ display }) => {
        const item = document.createElement('li');
        item.textContent = display;
        return item;
      }),
    );
  }

  async function send(): Promise<void> {
    const mask = root.querySelector<HTMLInputElement>('input[name="mask"]:checked')?.value ?? 'tone';
    await post(endpoint, {
      id,
      mask,
      textLength: text?.value.length ?? 0,
      ...(version !== '' && { version: Number(version) }),
      places: panel.places().map(({ start, end, label, audio }) => ({ start, end, label, audio })),
    });
    location.assign(back);
  }

  const guarded = (work: () => Promise<void>) => {
    work().catch((error: unknown) => {
      tell(error instanceof RedactionRefused ? error.message : 'Something went wrong. Try again.');
      confirm.disabled = panel.places().length === 0;
    });
  };
  const marked = () => ({ start: text.selectionStart, end: text.selectionEnd });
  find('add')?.addEventListener('click', () => guarded(() => add(marked(), 'redacted')));
  text.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    guarded(() => add(marked(), 'redacted'));
  });
  for (const suggestion of root.querySelectorAll<HTMLButtonElement>('[data-redact-suggestion]')) {
    suggestion.addEventListener('click', () => {
      const { start, end, label = 'redacted' } = suggestion.dataset;
      guarded(() => add({ start: Number(start), end: Number(end) }, label));
    });
  }
  confirm.addEventListener('click', () => {
    confirm.disabled = true;
    guarded(send);
  });
}
