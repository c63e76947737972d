import type { ActivityObject } from './objects.ts';

export interface HubspotSettings {
  origin: string;
  activity: ActivityObject;
  requestsPerSecond: number | null;
}

/** What an administrator filled in, as the connector uses it; blank is as it was offered. Pure. */
export function readSettings(settings: Readonly<Record<string, string>>): HubspotSettings {
  const perTenSeconds = Number(settings.requestsPerTenSeconds ?? '');
  return {
    origin: settings.origin || 'https://api.hubapi.com',
    activity: settings.activity === 'notes' ? 'notes' : 'meetings',
    requestsPerSecond: perTenSeconds > 0 ? perTenSeconds / 10 : null,
  };
}

/** Sentences about what is not right, by input. Pure. */
export function checkSettings(
  settings: Readonly<Record<string, string>>,
): { key: string; message: string }[] {
  const problems: { key: string; message: string }[] = [];
  const { origin = '', requestsPerTenSeconds: rate = '' } = settings;
  if (origin !== '' && !isSafeOrigin(origin))
    problems.push({
      key: 'origin',
      message: 'The address must be https:// and a host, without a path; correct it or leave it blank.',
    });
  if (rate !== '' && !(Number(rate) >= 1 && Number(rate) <= 250))
    problems.push({
      key: 'requestsPerTenSeconds',
      message: 'Requests in ten seconds must be a number from 1 to 250; correct it or leave it blank.',
    });
  return problems;
}

function isSafeOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, origin, href } = new URL(text);
  if (href !== `${origin}/`) return false;
  return (
    protocol === 'https:' || (protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(hostname))
  );
}
