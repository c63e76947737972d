import { userOf } from '../../../platform/auth/require-role.ts';
import {
  readWorkbenchPreferences,
  workbenchPatch,
  workbenchPreferences,
} from '../../../review-console/preferences/workbench-preferences.ts';
import { allow, answers, describe, type Endpoint } from '../api.ts';

export const getWorkbenchPreferencesEndpoint: Endpoint = (api) =>
  api.get(
    '/preferences/workbench',
    {
      ...allow(),
      schema: {
        ...describe('users', 'getWorkbenchPreferences', 'How you like the workbench: keys, listening, pedal'),
        response: answers({ 200: workbenchPreferences }),
      },
    },
    async (request) => readWorkbenchPreferences(userOf(request).preferences),
  );

/**
 * In: the parts that change, whole. One statement, which locks the user's row only while it runs: parts that two
 * windows send at once are both kept, and the same part sent twice is written twice the same. What else is in
 * `preferences` can not be reached from here.
 */
export const patchWorkbenchPreferencesEndpoint: Endpoint = (api, { database }) =>
  api.patch(
    '/preferences/workbench',
    {
      ...allow(),
      bodyLimit: 64 * 1024,
      schema: {
        ...describe(
          'users',
          'changeWorkbenchPreferences',
          'Change how you like the workbench',
          'Each part that is named replaces what was there; the others stay.',
        ),
        body: workbenchPatch,
        response: answers({ 200: workbenchPreferences }),
      },
    },
    async (request) => {
      const { rows } = await database.pool.query<{ preferences: unknown }>(
        `update app_user
            set preferences = jsonb_set(preferences, '{workbench}', coalesce(preferences -> 'workbench', '{}') || $2::jsonb)
          where id = $1
          returning preferences`,
        [userOf(request).id, JSON.stringify(request.body)],
      );
      return readWorkbenchPreferences(rows[0]?.preferences);
    },
  );
