import { DEFAULT_MAPPINGS } from '../../mapping/default-mappings.ts';
import { readExtraFields } from '../catalogue.ts';
import type { ConnectorKind } from '../connector-kind.ts';
import { createWebhookConnector } from './webhook-connector.ts';

/** Whatever takes signed messages over HTTP: a company's own system, or a workflow service in front of a CRM. */
export const webhookKind: ConnectorKind = {
  kind: 'webhook',
  label: 'Webhook',
  description: 'Signed messages to an address of your own, for systems that have no connector here.',
  inputs: [
    {
      key: 'url',
      label: 'Address',
      help: 'Where the messages are posted to; https, unless it is on this machine.',
      type: 'url',
      required: true,
    },
    {
      key: 'secret',
      label: 'Signing secret',
      help: 'At least 24 characters, or whsec_ and base64. The receiver checks each message with it.',
      type: 'secret',
      required: true,
    },
    {
      key: 'requestsPerSecond',
      label: 'Messages a second',
      help: 'At most so many; blank for as fast as they are answered.',
      type: 'number',
      required: false,
    },
    {
      key: 'extraFields',
      label: 'Further fields',
      help: 'Text fields that the mapping may write beside the usual ones, such as account.tier, task.channel.',
      type: 'text',
      required: false,
    },
  ],
  checkSettings(settings) {
    const problems: { key: string; message: string }[] = [];
    if (!isSafeAddress(settings.url ?? ''))
      problems.push({
        key: 'url',
        message: 'The address must begin with https:// (http:// only on this machine); correct it.',
      });
    const rate = settings.requestsPerSecond ?? '';
    if (rate !== '' && !(Number(rate) > 0 && Number(rate) <= 1000))
      problems.push({
        key: 'requestsPerSecond',
        message: 'Messages a second must be a number from 0.01 to 1000; correct it or leave it blank.',
      });
    const extra = readExtraFields(settings.extraFields ?? '');
    if (!extra.ok) problems.push({ key: 'extraFields', message: extra.message });
    return problems;
  },
  defaultMappings: DEFAULT_MAPPINGS,
  open: createWebhookConnector,
};

function isSafeAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  if (username !== '') return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}
