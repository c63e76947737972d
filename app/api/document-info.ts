/** What the OpenAPI document says besides the routes. */
export function documentInfo(publicUrl: string) {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Dictaline',
      version: '1',
      description:
        'Reports dictated by phone, transcribed, split into coded thought units and written into the CRM. ' +
        'Programs send `Authorization: Bearer` with the value of DICTALINE_ADMIN_TOKEN; screens use the session ' +
        'cookie and, for everything but GET, the header `x-csrf-token`. Lists are paged: send `nextCursor` of one ' +
        'page as `cursor` to get the next. Errors are always `{"error": {"code", "message"}}`.',
    },
    servers: [{ url: publicUrl }],
    tags: [
      { name: 'users', description: 'People, their roles, passwords, PINs and phones' },
      { name: 'lines', description: 'Dial-in numbers and what they are for' },
      { name: 'vocabulary', description: 'Accounts, contacts, products and competitors' },
      { name: 'codebook', description: 'The categories of messages' },
      { name: 'dictations', description: 'What callers said, with its recordings' },
      { name: 'recordings', description: 'Recordings that could not be copied' },
      { name: 'jobs', description: 'Turning dictations into text' },
      { name: 'typing', description: 'Short forms, words that are right, the house style guide' },
      { name: 'accuracy', description: 'Texts typed twice, blind: differences, scores, figures of work' },
      { name: 'reports', description: 'Finished reports: units, codes, fields, replies' },
      { name: 'questions', description: 'What the office asks reps before they report' },
      { name: 'search', description: 'Full text over all units' },
      { name: 'surveys', description: 'Anonymous surveys and their invitations' },
      { name: 'proposals', description: 'Outlines that people dictate into' },
      { name: 'crm', description: 'The records of the built-in CRM' },
      { name: 'sync', description: 'Delivery of values to CRMs' },
    ],
    components: {
      securitySchemes: {
        bearer: { type: 'http' as const, scheme: 'bearer' },
        session: { type: 'apiKey' as const, in: 'cookie' as const, name: 'dictaline' },
      },
    },
  };
}
