import twilio from 'twilio';

export interface WebhookSender {
  /** Posts a form as the carrier does. @throws when the server can't be reached */
  post(url: string, parameters: Readonly<Record<string, string>>): Promise<{ status: number; body: string }>;
  /** Fetches what is to be played. */
  get(url: string): Promise<{ status: number }>;
}

export interface SenderOptions {
  authToken: string;
  /** What addresses begin with, and what is signed. */
  publicUrl: string;
  /** Where the same server is reached from here. */
  serverOrigin: () => string;
}

/** Calls the server's webhooks, signed over their public address, and nothing but that server. */
export function createWebhookSender({ authToken, publicUrl, serverOrigin }: SenderOptions): WebhookSender {
  function addressOf(url: string): string {
    if (url !== publicUrl && !url.startsWith(`${publicUrl}/`)) {
      throw new Error('The simulator calls no other server than its own');
    }
    return serverOrigin() + url.slice(publicUrl.length);
  }
  const sign = (url: string, parameters: Readonly<Record<string, string>>) =>
    twilio.getExpectedTwilioSignature(authToken, url, parameters);
  return {
    async post(url, parameters) {
      const response = await fetch(addressOf(url), {
        method: 'POST',
        headers: { 'x-twilio-signature': sign(url, parameters) },
        body: new URLSearchParams(parameters),
      });
      return { status: response.status, body: await response.text() };
    },
    async get(url) {
      const response = await fetch(addressOf(url), { headers: { 'x-twilio-signature': sign(url, {}) } });
      await response.arrayBuffer();
      return { status: response.status };
    },
  };
}
