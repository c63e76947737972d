import { z } from 'zod';
import { HOUSE_RULES, RULES_VERSION } from '../../../transcription/house-style/house-style.ts';
import { readGuide } from '../../../transcription/house-style/style-guide.ts';
import { allow, answers, describe, type Endpoint, time, timeOf } from '../api.ts';

const guide = z.object({
  version: z.int(),
  text: z.string().describe('Sections as `## Title #key`, lists, `Said:`/`Write:`/`Not:` examples'),
  rulesOff: z.array(z.string()),
  note: z.string(),
  author: z.string().nullable().describe('Null: as installed'),
  createdAt: time.nullable(),
  rulesVersion: z.int().describe('Rises when the program’s rules come, go or write otherwise'),
  rules: z
    .array(z.object({ key: z.string(), title: z.string(), section: z.string(), isOn: z.boolean() }))
    .describe('What the workbench looks for, and the section that says why'),
});

export const getStyleGuideEndpoint: Endpoint = (api, platform) =>
  api.get(
    '/style-guide',
    {
      ...allow('transcriptionist', 'supervisor', 'manager', 'proposal_manager', 'administrator'),
      schema: {
        ...describe('typing', 'getStyleGuide', 'The house style guide in force'),
        response: answers({ 200: guide }),
      },
    },
    async () => {
      const { createdAt, ...version } = await readGuide(platform);
      const rules = HOUSE_RULES.map(({ key, title, section }) => ({
        key,
        title,
        section,
        isOn: !version.rulesOff.includes(key),
      }));
      return { ...version, createdAt: timeOf(createdAt), rulesVersion: RULES_VERSION, rules };
    },
  );
