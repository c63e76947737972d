import { z } from 'zod';
import { NotFound } from '../../../platform/errors.ts';
import { readExamples } from '../../../transcription/codebook/example-units.ts';
import { allow, answers, describe, type Endpoint, time } from '../api.ts';

const codebook = z.object({
  version: z.int(),
  createdAt: time,
  note: z.string(),
  codes: z.array(
    z.object({
      key: z.string(),
      label: z.string(),
      definition: z.string(),
      cues: z.array(z.string()),
      examples: z.array(z.string()),
      parentKey: z.string().nullable(),
    }),
  ),
});

export const getCodebookEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/codebook',
    {
      ...allow(),
      schema: {
        ...describe('codebook', 'getCodebook', 'The newest version of the codebook'),
        response: answers({ 200: codebook }, 404),
      },
    },
    async () => {
      const newest = await database.prisma.codebook.findFirst({
        orderBy: { version: 'desc' },
        include: { codes: { orderBy: { position: 'asc' } } },
      });
      if (!newest)
        throw new NotFound('no codebook', {
          userMessage: 'There is no codebook yet. An administrator adds it.',
        });
      const units = await readExamples(
        { database },
        newest.codes.flatMap((code) => code.exampleUnitIds),
      );
      return {
        ...newest,
        createdAt: newest.createdAt.toISOString(),
        codes: newest.codes.map((code) => ({
          ...code,
          examples: [...code.examples, ...code.exampleUnitIds.flatMap((id) => units.get(id)?.text ?? [])],
        })),
      };
    },
  );
