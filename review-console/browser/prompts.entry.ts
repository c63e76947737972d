import { startHearing } from './prompts/hear-prompt.ts';
import { createSounds } from './prompts/sounds.ts';
import { startUploads } from './prompts/upload.ts';

// The screen of prompts: recordings are tried and put in place of a voice without leaving the page.
const root = document.querySelector<HTMLElement>('[data-prompts]');
if (root) {
  const sounds = createSounds();
  startHearing(root, sounds);
  startUploads(root);
}
