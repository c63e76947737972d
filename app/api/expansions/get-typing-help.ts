import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import { inForce, loadExpansions } from '../../../transcription/expansions/load-expansions.ts';
import { listSpellingWords } from '../../../transcription/expansions/spelling-words.ts';
import { readSwitches } from '../../../transcription/expansions/typing-switches.ts';
import { readGuide } from '../../../transcription/house-style/style-guide.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';
import { expansion, mayCompany, switches, TYPISTS } from './expansion-schemas.ts';

export const getTypingHelpEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/typing-help',
    {
      ...allow(...TYPISTS),
      schema: {
        ...describe(
          'typing',
          'getTypingHelp',
          'What helps me to type: short forms in force, words that are right, switches, rules of the house style',
        ),
        response: answers({
          200: z.object({
            expansions: z.array(expansion),
            words: z.array(z.string()).describe("My own and the company's, as they are written"),
            switches,
            guide: z.object({ version: z.int(), rulesOff: z.array(z.string()) }),
            mayCompany: z.boolean().describe("Whether I may change what is the company's"),
          }),
        }),
      },
    },
    async (request) => {
      const user = userOf(request);
      const [rows, words, guide] = await Promise.all([
        loadExpansions(platform, user.id),
        listSpellingWords(platform, user.id),
        readGuide(platform),
      ]);
      return {
        expansions: inForce(rows).map(({ id, shortForm, text, isCompany }) => ({
          id,
          shortForm,
          text,
          isCompany,
        })),
        words: words
          .filter(({ isCompany, ownerId }) => isCompany || ownerId === user.id)
          .map(({ word }) => word),
        switches: readSwitches(user.preferences),
        guide: { version: guide.version, rulesOff: guide.rulesOff },
        mayCompany: mayCompany(user),
      };
    },
  );
