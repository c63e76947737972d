import { startRedactScreen } from './redaction/redact-screen.ts';

// The screen on which passages are taken out of a finished text.
const root = document.querySelector<HTMLElement>('[data-redact]');
if (root) startRedactScreen(root);
