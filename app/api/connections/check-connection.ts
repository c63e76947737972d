import { checkConnection } from '../../../crm-sync/connections/check-connection.ts';
import { createOpenConnector } from '../../../crm-sync/connectors/open-connector.ts';
import { NotFound } from '../../../platform/errors.ts';
import { allow, answers, describe, type Endpoint, idParams } from '../api.ts';
import { health } from './connection-schemas.ts';

export const checkConnectionEndpoint: Endpoint = (api, platform) => {
  const deps = { ...platform, openConnector: createOpenConnector(platform) };
  return api.post(
    '/connections/:id/check',
    {
      ...allow('administrator'),
      schema: {
        ...describe('crm', 'checkConnection', 'Ask a CRM whether it lets us in'),
        params: idParams,
        response: answers({ 200: health }, 404),
      },
    },
    async ({ params: { id } }) => {
      const answer = await checkConnection(deps, id);
      if (answer === null) throw new NotFound(`connection ${id} can't be asked`);
      return { ok: answer.ok, message: answer.ok ? null : answer.message };
    },
  );
};
