import type { ConnectorKind } from '../connector-kind.ts';
import { defaultMappings } from './default-mappings.ts';
import { createHubspotConnector } from './hubspot-connector.ts';
import { checkSettings, readSettings } from './hubspot-settings.ts';

export const hubspotKind: ConnectorKind = {
  kind: 'hubspot',
  label: 'HubSpot',
  description:
    'Reports on the timelines of companies and contacts, next steps as tasks, values in properties.',
  inputs: [
    {
      key: 'accessToken',
      label: 'Access token',
      help: 'Of a private app or a service key, which begins with pat-. In HubSpot under Development, or Settings, Integrations, Private apps.',
      type: 'secret',
      required: true,
    },
    {
      key: 'activity',
      label: 'Reports become',
      help: 'Meetings count as contact with the company. Choose notes where meetings come from calendars already. The mapping that a connection begins with follows this choice.',
      type: 'choice',
      required: true,
      options: [
        { value: 'meetings', label: 'Meetings' },
        { value: 'notes', label: 'Notes' },
      ],
      initial: 'meetings',
    },
    {
      key: 'requestsPerTenSeconds',
      label: 'Requests in ten seconds',
      help: 'What HubSpot allows the app: 100 with Free and Starter, 190 with Professional and Enterprise, 250 with the capacity pack.',
      type: 'number',
      required: false,
      initial: '100',
    },
    {
      key: 'origin',
      label: 'Address of the API',
      help: 'Leave it blank, unless a proxy of your own stands in between.',
      type: 'url',
      required: false,
    },
  ],
  checkSettings,
  defaultMappings: defaultMappings('meetings'),
  mappingsFor: (settings) => defaultMappings(readSettings(settings).activity),
  open: createHubspotConnector,
};
