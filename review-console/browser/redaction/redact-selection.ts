import { LABELS } from '../../../transcription/redaction/labels.ts';
import { openDialog } from '../workbench/dialogs/open-dialog.ts';
import { element } from '../workbench/dom.ts';
import { type ChosenPlace, createPlacesPanel } from './places-panel.ts';
import { type Plan, post, RedactionRefused } from './redaction-api.ts';
import { createSpanPlayer } from './span-player.ts';

export interface RedactedDraft {
  revision: number;
  text: string;
  anchors: [char: number, audioMs: number][];
}

/** The window in which somebody types, as redacting needs it. */
export interface RedactHost {
  jobId: string;
  /** Of the audio. */
  dictationId: string;
  leaseToken(): string;
  text(): string;
  /** What is selected in the text; a point: nothing. */
  selection(): { start: number; end: number };
  /** Saves what is typed; false when the server does not have it. */
  flush(): Promise<boolean>;
  /** Takes over the draft as the server has it then, and overwrites what this computer keeps of the old one. */
  adopt(draft: RedactedDraft): void | Promise<void>;
  /** For the person, where nothing was done. */
  tell(message: string): void;
}

/**
 * Takes the selected words out of what is being typed, with everything the history kept of them, and out of the audio:
 * shows where they are heard, to be listened to and moved, and wherever else they stand. Resolves to whether it was done.
 */
export async function redactSelection(host: RedactHost): Promise<boolean> {
  const { start, end } = host.selection();
  if (end <= start) {
    host.tell('Select the words that are to go first.');
    return false;
  }
  if (!(await host.flush())) {
    host.tell('Your text is not on the server yet. Redact it when it is saved.');
    return false;
  }
  const text = host.text();
  const leaseToken = host.leaseToken();
  const path = `/api/v1/jobs/${encodeURIComponent(host.jobId)}/redactions`;
  try {
    const plan = await post<Plan>(`${path}/plan`, { leaseToken, passages: [{ start, end }] });
    if (plan.textLength !== text.length || plan.places.length === 0) {
      host.tell('The text has changed meanwhile. Select the words again.');
      return false;
    }
    const chosen = await choose(host, plan, text);
    if (!chosen) return false;
    const draft = await post<RedactedDraft>(path, {
      id: crypto.randomUUID(),
      leaseToken,
      revision: plan.revision,
      textLength: text.length,
      ...chosen,
    });
    await host.adopt(draft);
    return true;
  } catch (error) {
    if (!(error instanceof RedactionRefused)) throw error;
    host.tell(error.message);
    return false;
  }
}

interface Chosen {
  mask: string;
  places: Pick<ChosenPlace, 'start' | 'end' | 'label' | 'audio'>[];
}

/** The dialog. Null: left as it was. */
async function choose(host: RedactHost, plan: Plan, text: string): Promise<Chosen | null> {
  const list = element('div', {});
  const confirm = element('button', { class: 'button button-danger', value: 'redact' }, 'Redact for good');
  const hasAudio = plan.places.some(({ audio }) => audio !== null);
  const player = hasAudio
    ? createSpanPlayer(`/api/v1/dictations/${encodeURIComponent(host.dictationId)}/audio`)
    : null;
  const panel = createPlacesPanel(list, {
    labels: LABELS,
    player,
    onChange: () => confirm.toggleAttribute('disabled', list.childElementCount === 0),
  });
  panel.show(
    plan.places.map((place) => ({
      ...place,
      words: text.slice(place.start, place.end),
      label: 'name',
    })),
  );
  const form = element(
    'form',
    { method: 'dialog', class: 'stack' },
    element('h2', { id: 'redact-title' }, 'Redact'),
    element(
      'p',
      { class: 'small quiet' },
      'Gone from the text with its history, and from the recording. Hear each place, and move its ends until the words are inside.',
    ),
    list,
    hasAudio && maskChoice(),
    element(
      'div',
      { class: 'form-actions' },
      confirm,
      element('button', { class: 'button', value: '', formnovalidate: true }, 'Leave it'),
      element('span', { class: 'tiny quiet' }, 'Esc leaves it as it was'),
    ),
  );
  const dialog = element('dialog', { class: 'dialog', 'aria-labelledby': 'redact-title' }, form);
  // Keys of the workbench are not for here.
  dialog.addEventListener('keydown', (event) => event.stopPropagation());
  const { result } = openDialog(dialog, () =>
    form.querySelector<HTMLElement>('select, input, button')?.focus(),
  );
  const answer = await result;
  player?.stop();
  if (answer !== 'redact') return null;
  return {
    mask: String(new FormData(form).get('mask') ?? 'tone'),
    places: panel.places().map(({ start, end, label, audio }) => ({ start, end, label, audio })),
  };
}

function maskChoice(): HTMLElement {
  const radio = (value: string, words: string, checked: boolean) =>
    element(
      'label',
      { class: 'check' },
      element('input', { type: 'radio', name: 'mask', value, checked }),
      ` ${words}`,
    );
  return element(
    'fieldset',
    { class: 'redact-mask' },
    element('legend', { class: 'label' }, 'In the recording'),
    radio('tone', 'a tone', true),
    radio('silence', 'silence', false),
  );
}
