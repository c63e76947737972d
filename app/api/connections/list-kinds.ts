import { z } from 'zod';
import { CONNECTOR_KINDS } from '../../../crm-sync/connectors/connector-kinds.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

const input = z.object({
  key: z.string(),
  label: z.string(),
  help: z.string(),
  type: z.enum(['text', 'url', 'number', 'choice', 'secret']),
  required: z.boolean(),
  options: z.array(z.object({ value: z.string(), label: z.string() })),
});

export const listKindsEndpoint: Endpoint = (api) =>
  api.get(
    '/connections/kinds',
    {
      ...allow('administrator'),
      schema: {
        ...describe(
          'crm',
          'listConnectionKinds',
          'What Dictaline can be connected to, and what each asks for',
        ),
        response: answers({
          200: z.object({
            kinds: z.array(
              z.object({
                kind: z.string(),
                label: z.string(),
                description: z.string(),
                inputs: z.array(input),
              }),
            ),
          }),
        }),
      },
    },
    async () => ({
      kinds: CONNECTOR_KINDS.map(({ kind, label, description, inputs }) => ({
        kind,
        label,
        description,
        inputs: inputs.map(({ key, label: name, help, type, required, options = [] }) => ({
          key,
          label: name,
          help,
          type,
          required,
          options: [...options],
        })),
      })),
    }),
  );
