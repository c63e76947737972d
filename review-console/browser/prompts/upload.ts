import { csrfToken } from '../dom.ts';

/** What the server takes; beyond it the answer is known without sending. */
const LARGEST_BYTES = 24 * 1024 * 1024;

/** `[data-upload]` asks for a file and puts it in place of the words; the page stays where it is. */
export function startUploads(root: HTMLElement): void {
  const input = root.querySelector<HTMLInputElement>('[data-prompt-file]');
  if (!input) return;
  let wanted: { promptId: string; piece: string } | null = null;

  reveal(root);
  root.addEventListener('click', (event) => {
    const button =
      event.target instanceof Element ? event.target.closest<HTMLElement>('[data-upload]') : null;
    const promptId = button?.closest<HTMLElement>('[data-prompt]')?.dataset.prompt;
    const piece = button?.dataset.upload;
    if (!promptId || piece === undefined) return;
    wanted = { promptId, piece };
    input.value = '';
    input.click();
  });
  input.addEventListener('change', () => {
    const file = input.files?.[0];
    if (file && wanted) void upload(root, file, wanted);
  });
}

async function upload(
  root: HTMLElement,
  file: File,
  { promptId, piece }: { promptId: string; piece: string },
): Promise<void> {
  const language = root.dataset.language ?? '';
  if (file.size > LARGEST_BYTES)
    return tell(promptId, 'The file is larger than a minute of sound can be. Choose a shorter one.', 'late');
  tell(promptId, `Sending ${file.name} …`);
  const path = [language, promptId, piece].map(encodeURIComponent).join('/');
  try {
    const response = await fetch(`/prompts/${path}/audio`, {
      method: 'POST',
      headers: {
        'content-type': 'application/octet-stream',
        accept: 'application/json',
        'x-csrf-token': csrfToken(),
      },
      body: file,
    });
    const answer = (await response.json()) as { sentence?: string; error?: { message?: string } };
    if (!response.ok) return tell(promptId, answer.error?.message ?? 'That did not work. Try again.', 'late');
    await showAnew(promptId);
    tell(promptId, `In use from now on: ${answer.sentence ?? ''}`);
  } catch {
    tell(promptId, 'The server could not be reached. Nothing was changed; try again.', 'late');
  }
}

function tell(promptId: string, sentence: string, tone = ''): void {
  const told = document.getElementById(idOf(promptId))?.querySelector<HTMLElement>('[data-told]');
  if (!told) return;
  told.dataset.tone = tone;
  told.textContent = sentence;
}

/** The prompt as the server has it now, in place of its old self. */
async function showAnew(promptId: string): Promise<void> {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } });
  if (!response.ok || response.redirected) return;
  const fresh = new DOMParser().parseFromString(await response.text(), 'text/html');
  for (const selector of [`#${CSS.escape(idOf(promptId))}`, '[data-prompt-tally]']) {
    const old = document.querySelector<HTMLElement>(selector);
    const now = fresh.querySelector<HTMLElement>(selector);
    // A filter may leave it out now; it stays in sight until the next look.
    if (old && now) old.replaceChildren(...now.childNodes);
  }
  const prompt = document.getElementById(idOf(promptId));
  if (!prompt) return;
  reveal(prompt);
  prompt.querySelector<HTMLElement>('[data-upload]')?.focus();
}

function idOf(promptId: string): string {
  return `prompt-${promptId}`;
}

/** Buttons that need this script. */
function reveal(within: HTMLElement): void {
  within.querySelectorAll<HTMLElement>('button[hidden]').forEach((button) => {
    button.hidden = false;
  });
}
