import type { Endpoint } from '../api.ts';
import { addWordEndpoint } from './add-word.ts';
import { countUsesEndpoint } from './count-uses.ts';
import { getTypingHelpEndpoint } from './get-typing-help.ts';
import { putExpansionEndpoint } from './put-expansion.ts';
import { removeExpansionEndpoint } from './remove-expansion.ts';
import { setSwitchesEndpoint } from './set-switches.ts';

export const expansionEndpoints: Endpoint[] = [
  getTypingHelpEndpoint,
  setSwitchesEndpoint,
  putExpansionEndpoint,
  removeExpansionEndpoint,
  countUsesEndpoint,
  addWordEndpoint,
];
