import type { CallView } from '../control-routes.ts';
import { createConversation } from './conversation.ts';
import { createHelpPanel } from './help-panel.ts';
import { createMicrophone } from './microphone.ts';
import './phone.css';
import { PhoneProblem, phoneApi } from './phone-api.ts';
import { createSpeaker } from './speaker.ts';

/*
 * The phone page.
 *
 *   on the hook ── Call ──▶ on the line ── Hang up, or the line does ──▶ on the hook
 *   on the line: the line speaks (any key interrupts), then waits for keys or records. Nothing pressed in time is
 *   told to the carrier as waiting, which is all that it knows of time.
 */

function find<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${id}`);
  return element;
}

const dialForm = find('dial-form', HTMLFormElement);
const fromField = find('from', HTMLInputElement);
const callButton = find('call', HTMLButtonElement);
const body = find('phone-body', HTMLDivElement);
const state = find('state', HTMLParagraphElement);
const problem = find('problem', HTMLParagraphElement);
const talkButton = find('talk', HTMLButtonElement);
const levelMeter = find('level', HTMLMeterElement);
const fileInput = find('speech-file', HTMLInputElement);
const hangUpButton = find('hang-up', HTMLButtonElement);
const aloud = find('aloud', HTMLInputElement);

const conversation = createConversation({
  list: find('conversation', HTMLOListElement),
  log: find('log', HTMLDivElement),
});
const helpPanel = createHelpPanel({
  panel: find('key-help', HTMLElement),
  title: find('key-help-title', HTMLHeadingElement),
  keys: find('key-help-keys', HTMLDListElement),
});
const speaker = createSpeaker({ isAloud: () => aloud.checked });
const microphone = createMicrophone({
  onSound: (level, seconds) => {
    levelMeter.value = level;
    if (microphone.isOn()) talkButton.textContent = `Talking, ${Math.floor(seconds)} s … press to stop`;
  },
});

let call: CallView | null = null;
let shown = 0;
let patience: ReturnType<typeof setTimeout> | undefined;
/** Requests go one after another, in the order in which keys were pressed. */
let turn: Promise<void> = Promise.resolve();

function inTurn(act: () => Promise<CallView | null>): Promise<void> {
  turn = turn.then(async () => {
    try {
      const view = await act();
      if (view) show(view);
      problem.textContent = '';
    } catch (error) {
      problem.textContent =
        error instanceof PhoneProblem ? error.message : 'Something went wrong. Hang up and call again.';
    }
  });
  return turn;
}

function describe({ status, listening }: CallView): string {
  if (status === 'completed') return 'Call ended';
  if (listening?.kind === 'recording') return 'Recording: speak';
  return listening?.hearsSpeech ? 'On the line: a key, or just speak' : 'On the line: keys';
}

function lastWords({ events }: CallView): string {
  const said = events.findLast((event) => event.kind === 'say');
  return said?.kind === 'say' ? said.text : '';
}

function show(view: CallView): void {
  const isRecording = view.status === 'in-progress' && view.listening?.kind === 'recording';
  const hearsSpeech = isRecording || (view.listening?.kind === 'keys' && view.listening.hearsSpeech);
  const news = view.events.slice(shown);
  shown = view.events.length;
  call = view.status === 'completed' ? null : view;
  conversation.add(news);
  state.textContent = describe(view);
  state.toggleAttribute('data-recording', isRecording);
  helpPanel.show(view.help, view.listening?.kind === 'keys' ? lastWords(view) : '');
  talkButton.disabled = !hearsSpeech;
  fileInput.disabled = !hearsSpeech;
  callButton.disabled = call !== null;
  dialForm.hidden = call !== null;
  body.hidden = call === null && view.events.length === 0;
  hangUpButton.disabled = call === null;
  if (!hearsSpeech && microphone.isOn()) void endTalk();
  void speaker.play(news).then(() => becomeImpatient(view));
}

/** The carrier's time-out begins when the line has finished speaking. While recording it is the silence that counts. */
function becomeImpatient(view: CallView): void {
  clearTimeout(patience);
  if (call !== view || view.listening?.kind !== 'keys') return;
  const { id, listening } = view;
  patience = setTimeout(
    // Behind a key that is still on its way: it is heard, and what it led to has a time of its own.
    () => void inTurn(async () => (call === view ? phoneApi.wait(id) : null)),
    listening.timeoutSeconds * 1000,
  );
}

function press(key: string): void {
  if (call === null) return;
  const { id } = call;
  clearTimeout(patience);
  speaker.interrupt();
  void endTalk();
  void inTurn(async () => (call ? phoneApi.press(id, key) : null));
}

/** What was said goes to the line, if it still listens. */
async function endTalk(): Promise<void> {
  if (!microphone.isOn()) return;
  const id = call?.id;
  talkButton.setAttribute('aria-pressed', 'false');
  talkButton.textContent = 'Talk';
  await inTurn(async () => {
    const speech = await microphone.stop();
    return speech && id !== undefined ? phoneApi.speak(id, speech) : null;
  });
}

async function beginTalk(): Promise<void> {
  speaker.interrupt();
  await inTurn(async () => {
    await microphone.start();
    talkButton.setAttribute('aria-pressed', 'true');
    return null;
  });
}

dialForm.addEventListener('submit', (event) => {
  event.preventDefault();
  if (call !== null) return;
  const form = new FormData(dialForm);
  const to = String(form.get('to') ?? '');
  const faults = form.getAll('fault').map(String);
  const from = fromField.value.replaceAll(/[\s().-]/g, '');
  callButton.disabled = true;
  conversation.clear();
  shown = 0;
  void inTurn(() => phoneApi.call({ to, from, faults })).then(() => {
    callButton.disabled = call !== null;
    // The form is gone; keys typed from here on are the phone's.
    if (call !== null) body.focus({ preventScroll: true });
  });
});

talkButton.addEventListener('click', () => void (microphone.isOn() ? endTalk() : beginTalk()));

fileInput.addEventListener('change', () => {
  const file = fileInput.files?.[0];
  if (file === undefined || call === null) return;
  const { id } = call;
  speaker.interrupt();
  void inTurn(() => phoneApi.speak(id, file)).then(() => {
    fileInput.value = '';
  });
});

hangUpButton.addEventListener('click', () => {
  if (call === null) return;
  const { id } = call;
  clearTimeout(patience);
  speaker.interrupt();
  void endTalk();
  void inTurn(() => phoneApi.hangUp(id));
});

for (const key of document.querySelectorAll<HTMLButtonElement>('[data-key]')) {
  key.addEventListener('click', () => press(key.dataset.key ?? ''));
}

document.addEventListener('keydown', (event) => {
  const isField = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
  if (event.ctrlKey || event.metaKey || event.altKey || (isField && event.target !== aloud)) return;
  if (/^[0-9*#]$/.test(event.key)) press(event.key);
});

window.addEventListener('pagehide', () => {
  if (call !== null) phoneApi.hangUpInPassing(call.id);
});
