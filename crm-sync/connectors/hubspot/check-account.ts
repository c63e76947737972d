import type { ConnectorHealth, CrmObjectType } from '../connector.ts';
import { CRM_OBJECT_TYPES } from '../connector.ts';
import type { CredentialStore } from '../credentials.ts';
import { CrmError } from '../crm-error.ts';
import type { HubspotApi } from './hubspot-api.ts';
import { API, KEY_PROPERTY } from './objects.ts';
import { propertySchema, tokenSchema } from './responses.ts';

const GROUP = 'dictaline';

/**
 * Whether the account can be reached with the rights that we need, and has our key on each object. The key is made where
 * it is lacking; the message says what a person has to do.
 */
export async function checkAccount(api: HubspotApi, credentials: CredentialStore): Promise<ConnectorHealth> {
  try {
    await api.portal();
    const lacking = await lackingScopes(api, credentials);
    if (lacking.length > 0)
      return {
        ok: false,
        message: `The private app lacks scopes; add ${lacking.join(', ')} to it in HubSpot, then check again.`,
      };
    await api.get(`${API.owners}?limit=1&archived=false`);
    for (const objectType of CRM_OBJECT_TYPES) {
      const problem = await ensureKey(api, objectType);
      if (problem !== null) return { ok: false, message: problem };
    }
    return { ok: true };
  } catch (error) {
    if (error instanceof CrmError) return { ok: false, message: error.message };
    throw error;
  }
}

/** Empty also where HubSpot does not tell a token's scopes: then what is lacking shows when it is asked for. */
async function lackingScopes(api: HubspotApi, credentials: CredentialStore): Promise<string[]> {
  const { accessToken } = await credentials.read();
  const { status, body } = await api.send({
    method: 'POST',
    path: '/oauth/v2/private-apps/get/access-token-info',
    body: { tokenKey: accessToken },
  });
  if (status !== 200) return [];
  const parsed = tokenSchema.safeParse(body);
  if (!parsed.success) return [];
  const needed = Object.values(api.objects).flatMap(({ scopes }) => [scopes.read, scopes.write]);
  return [...new Set([...needed, 'crm.objects.owners.read'])].filter(
    (scope) => !parsed.data.scopes.includes(scope),
  );
}

/** A sentence when a person has to act; null when the key is there now. */
async function ensureKey(api: HubspotApi, objectType: CrmObjectType): Promise<string | null> {
  const { path, noun, scopes } = api.objects[objectType];
  const property = await api.get(`${API.properties}/${path}/${KEY_PROPERTY}?archived=false`, [200, 404]);
  if (property.status === 200) {
    return propertySchema.parse(property.body).hasUniqueValue
      ? null
      : `The property ${KEY_PROPERTY} of each ${noun} allows the same value twice; delete it in HubSpot, then check again, which makes it anew.`;
  }
  try {
    // 409: there is such a group already.
    await api.post(
      `${API.properties}/${path}/groups`,
      { name: GROUP, label: 'Dictaline', displayOrder: -1 },
      [201, 409],
    );
    const made = await api.send({
      method: 'POST',
      path: `${API.properties}/${path}`,
      body: {
        name: KEY_PROPERTY,
        label: 'Dictaline key',
        description: 'Tells Dictaline which of its records this is. Leave it as it is.',
        groupName: GROUP,
        type: 'string',
        fieldType: 'text',
        hasUniqueValue: true,
        formField: false,
      },
    });
    // 409: somebody else has just made it.
    if (made.status === 201 || made.status === 409) return null;
  } catch (error) {
    if (!(error instanceof CrmError) || error.status !== 403) throw error;
    return `HubSpot has no property ${KEY_PROPERTY} for each ${noun} yet; give the private app ${scopes.schema}, then check again, which makes it.`;
  }
  return `HubSpot did not make the property ${KEY_PROPERTY} for each ${noun}; make it there as single-line text with unique values (ten such fit on an object), then check again.`;
}
