import { randomUUID } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { checkConnection, checkEntered } from '../../crm-sync/connections/check-connection.ts';
import { type InputErrors, readInputs } from '../../crm-sync/connections/connection-inputs.ts';
import { keptSecrets } from '../../crm-sync/connections/kept-secrets.ts';
import {
  type ConnectionView,
  getConnection,
  listConnections,
} from '../../crm-sync/connections/list-connections.ts';
import {
  changeConnection,
  createConnection,
  removeConnection,
  switchConnection,
  whatLeaves,
} from '../../crm-sync/connections/write-connection.ts';
import type { ConnectorHealth } from '../../crm-sync/connectors/connector.ts';
import type { ConnectorKind } from '../../crm-sync/connectors/connector-kind.ts';
import { CONNECTOR_KINDS, kindOf } from '../../crm-sync/connectors/connector-kinds.ts';
import { createOpenConnector } from '../../crm-sync/connectors/open-connector.ts';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, Conflict, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { crmSubnav } from '../crm/crm-subnav.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { serveFindings } from './finding-routes.ts';
import { serveImports } from './import-routes.ts';
import { showOverview } from './overview.ts';
import { fieldsOfForm, stateOf } from './show-connection.ts';

const kindQuery = z.object({ kind: z.string().max(100).optional().catch(undefined) });

/** `/crm/connections`: what Dictaline is connected to, how it is doing, and everything to change that. */
export function serveConnections(
  app: FastifyInstance,
  platform: Platform,
  kinds: readonly ConnectorKind[] = CONNECTOR_KINDS,
): void {
  const readers = { preHandler: requireRole('administrator', 'manager') };
  const onlyAdministrators = { preHandler: requireRole('administrator') };
  const deps = { ...platform, openConnector: createOpenConnector(platform, kinds) };
  const labelOf = ({ kind }: { kind: string }) =>
    kind === 'builtin' ? 'Built-in CRM' : (kindOf(kind, kinds)?.label ?? kind);
  serveImports(app, deps);
  serveFindings(app, deps);

  app.get('/crm/connections', readers, async (request, reply) => {
    const connections = await listConnections(platform);
    return reply.page('connections/list', {
      title: 'Connections',
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      connections: connections.map((each) => ({
        ...each,
        kindLabel: labelOf(each),
        state: stateOf(each, kindOf(each.kind, kinds)),
      })),
      mayChange: userOf(request).roles.includes('administrator'),
    });
  });

  async function showForm(
    request: FastifyRequest,
    reply: FastifyReply,
    kind: ConnectorKind,
    {
      connection = null,
      typed = null,
      errors = {},
      health = null,
      formId = randomUUID(),
    }: {
      connection?: ConnectionView | null;
      typed?: Record<string, unknown> | null;
      errors?: InputErrors;
      health?: ConnectorHealth | null;
      formId?: string;
    },
  ) {
    const people = await platform.database.prisma.user.findMany({ select: { id: true, name: true } });
    const names = new Map(people.map(({ id, name }) => [id, name]));
    const kept = connection === null ? null : await keptSecrets(platform, connection.id);
    const name = typed?.name ?? connection?.name ?? kind.label;
    return reply.page('connections/form', {
      title: connection === null ? `Connect ${kind.label}` : connection.name,
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      scripts: ['connections'],
      isNew: connection === null,
      connection,
      // The one that it was opened on: whoever saves meanwhile is not overwritten.
      changedAt: typed?.changedAt ?? connection?.changedAt.toISOString(),
      formId,
      kind,
      name,
      fields: fieldsOfForm(kind, {
        typed,
        connection: connection && { ...connection, ...(kept?.lost && { secretsEntered: {} }) },
        errors,
        names,
      }),
      secretsLost: kept?.lost === true,
      errors,
      health,
    });
  }

  app.get('/crm/connections/new', onlyAdministrators, async (request, reply) => {
    const { kind: asked } = kindQuery.parse(request.query);
    const kind = asked === undefined ? null : kindOf(asked, kinds);
    if (kind !== null) return showForm(request, reply, kind, {});
    return reply.page('connections/kinds', {
      title: 'Connect a CRM',
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      kinds,
    });
  });

  /** Reads a form; null when it is not right and was shown again. */
  async function read(request: FastifyRequest, reply: FastifyReply, kind: ConnectorKind, id: string | null) {
    const typed: Record<string, unknown> = Object(request.body);
    const kept = id === null ? null : await keptSecrets(platform, id);
    const parsed = readInputs(kind, typed, kept);
    if (parsed.ok) return { typed, entered: parsed.entered };
    const connection = id === null ? null : await getConnection(platform, id);
    const formId = typeof typed.formId === 'string' ? typed.formId : randomUUID();
    await showForm(request, reply.code(400), kind, { connection, typed, errors: parsed.errors, formId });
    return null;
  }

  const again = async (
    request: FastifyRequest,
    reply: FastifyReply,
    kind: ConnectorKind,
    more: Parameters<typeof showForm>[3],
    error: unknown,
  ) => {
    if (!(error instanceof AppError)) throw error;
    return showForm(request, reply.code(error.statusCode), kind, {
      ...more,
      errors: { form: error.userMessage },
    });
  };

  app.post('/crm/connections', onlyAdministrators, async (request, reply) => {
    const { kind: asked, formId } = readForm(z.object({ kind: z.string(), formId: z.uuid() }), request);
    const kind = kindOf(asked, kinds);
    if (kind === null) throw new NotFound('no such kind of connection');
    const form = await read(request, reply, kind, null);
    if (form === null) return reply;
    const { typed, entered } = form;
    try {
      const actorId = userOf(request).id;
      const { id } = await createConnection(platform, kind, { id: formId, entered, actorId });
      const health = await checkConnection(deps, id);
      setFlash(
        request,
        health?.ok === false
          ? 'Connected, but the CRM does not let us in yet; see below.'
          : 'Connected. It is switched off: look at its mapping and a dry run first, then switch it on.',
      );
      return reply.redirect(`/crm/connections/${id}`, 303);
    } catch (error) {
      return again(request, reply, kind, { typed, formId }, error);
    }
  });

  async function load(id: string): Promise<{ connection: ConnectionView; kind: ConnectorKind }> {
    const connection = await getConnection(platform, id);
    const kind = kindOf(connection.kind, kinds);
    if (kind === null) throw new NotFound(`connection ${id} has no form`);
    return { connection, kind };
  }

  app.post('/crm/connections/check', onlyAdministrators, async (request, reply) => {
    const asked = readForm(
      z.object({ kind: z.string(), id: z.uuid().optional().or(z.literal('')), formId: z.uuid() }),
      request,
    );
    const kind = kindOf(asked.kind, kinds);
    if (kind === null) throw new NotFound('no such kind of connection');
    const id = asked.id || null;
    const isScript = request.headers.accept === 'application/json';
    const typed: Record<string, unknown> = Object(request.body);
    const kept = id === null ? null : await keptSecrets(platform, id);
    const parsed = readInputs(kind, typed, kept);
    const first = parsed.ok ? null : (Object.values(parsed.errors)[0] ?? '');
    const health: ConnectorHealth = parsed.ok
      ? await checkEntered(deps, kind, { id, entered: parsed.entered })
      : { ok: false, message: first ?? '' };
    // Whoever asks by script keeps what is typed, secrets too, in the form.
    if (isScript) return reply.header('cache-control', 'no-store').send(health);
    const connection = id === null ? null : await getConnection(platform, id);
    const errors = parsed.ok ? {} : parsed.errors;
    return showForm(request, reply, kind, { connection, typed, errors, health, formId: asked.formId });
  });

  app.get('/crm/connections/:id', readers, async (request, reply) => {
    const connection = await getConnection(platform, readId(request));
    return showOverview(deps, reply, {
      connection,
      viewer: userOf(request),
      kindLabel: labelOf(connection),
      state: stateOf(connection, kindOf(connection.kind, kinds)),
      mayChange: userOf(request).roles.includes('administrator'),
      hasForm: kindOf(connection.kind, kinds) !== null,
    });
  });

  app.get('/crm/connections/:id/settings', onlyAdministrators, async (request, reply) => {
    const { connection, kind } = await load(readId(request));
    return showForm(request, reply, kind, { connection });
  });

  app.post('/crm/connections/:id/settings', onlyAdministrators, async (request, reply) => {
    const { connection, kind } = await load(readId(request));
    const { changedAt } = readForm(z.object({ changedAt: z.iso.datetime() }), request);
    const form = await read(request, reply, kind, connection.id);
    if (form === null) return reply;
    const { typed, entered } = form;
    const { id } = connection;
    try {
      const actorId = userOf(request).id;
      await changeConnection(platform, { id, changedAt: new Date(changedAt), entered, actorId });
    } catch (error) {
      return again(request, reply, kind, { connection, typed }, error);
    }
    const health = await checkConnection(deps, id);
    setFlash(request, health?.ok === false ? 'Saved, but the CRM does not let us in; see below.' : 'Saved.');
    return reply.redirect(`/crm/connections/${id}`, 303);
  });

  app.post('/crm/connections/:id/check', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const health = await checkConnection(deps, id);
    if (health === null) throw new NotFound(`connection ${id} can't be asked`);
    // What is wrong stands on the page itself.
    if (health.ok) setFlash(request, 'The CRM answers and lets us in.');
    return reply.redirect(`/crm/connections/${id}`, 303);
  });

  app.post('/crm/connections/:id/switch', onlyAdministrators, async (request, reply) => {
    const id = readId(request);
    const { active } = readForm(z.object({ active: z.enum(['yes', 'no']) }), request);
    await switchConnection(platform, { id, active: active === 'yes', actorId: userOf(request).id });
    setFlash(
      request,
      active === 'yes'
        ? 'Switched on. Reports that are finished from now on are delivered; what waited goes on.'
        : 'Switched off. Nothing is delivered; what waits stays until it is switched on again.',
    );
    return reply.redirect(`/crm/connections/${id}`, 303);
  });

  const showRemoval = async (
    request: FastifyRequest,
    reply: FastifyReply,
    connection: ConnectionView,
    refusal: string | null,
  ) =>
    reply.page('connections/remove', {
      title: `Remove ${connection.name}`,
      nav: 'crm',
      ...crmSubnav('connections', userOf(request)),
      connection,
      leaving: await whatLeaves(platform, connection.id),
      refusal,
    });

  app.get('/crm/connections/:id/remove', onlyAdministrators, async (request, reply) =>
    showRemoval(request, reply, (await load(readId(request))).connection, null),
  );

  app.post('/crm/connections/:id/remove', onlyAdministrators, async (request, reply) => {
    const { connection } = await load(readId(request));
    const { name } = readForm(z.object({ name: z.string().max(200).default('') }), request);
    try {
      const actorId = userOf(request).id;
      await removeConnection(platform, { id: connection.id, typedName: name, actorId });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return showRemoval(
        request,
        reply.code(error instanceof Conflict ? 409 : 400),
        connection,
        error.userMessage,
      );
    }
    setFlash(request, `${connection.name} is removed. What was written there stays there.`);
    return reply.redirect('/crm/connections', 303);
  });
}
