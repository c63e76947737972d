import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { diffCodebooks } from '../../transcription/codebook/diff-codebooks.ts';
import {
  beginDraft,
  changeDraft,
  discardDraft,
  readDraft,
  readInForce,
} from '../../transcription/codebook/draft-store.ts';
import { asTree, type DraftEdit } from '../../transcription/codebook/edit-draft.ts';
import { findExamples, readExamples } from '../../transcription/codebook/example-units.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';
import { codebookPage, EDITORS } from './page-of.ts';
import { inWords } from './show-change.ts';

const keyParams = z.object({ key: z.string().min(1).max(60) });
const query = z.object({ q: z.string().trim().max(200).catch('') });
const revision = z.coerce.number().int().min(0);
const parent = z
  .string()
  .default('')
  .transform((key) => key || null);
const lines = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(/\r?\n/).map((line) => line.trim()))].filter(Boolean));
const forms = {
  add: z.object({
    revision,
    label: z.string().trim().max(80),
    definition: z.string().trim().max(2000).default(''),
    parentKey: parent,
  }),
  change: z.object({
    revision,
    label: z.string().trim().max(80),
    definition: z.string().trim().max(2000),
    cues: lines,
    examples: lines,
    parentKey: parent,
  }),
  order: z.object({ revision, by: z.enum(['1', '-1']).transform((by) => (by === '1' ? 1 : -1)) }),
  merge: z.object({ revision, into: z.string().min(1) }),
  bare: z.object({ revision }),
  example: z.object({ revision, unitId: z.uuid() }),
};

/** `/codebook/draft`: the next version as a tree. Each change is a form of its own and names the revision it was made on. */
export function serveDraft(app: FastifyInstance, platform: Platform): void {
  const { database } = platform;
  const editors = { preHandler: requireRole(...EDITORS) };

  app.post('/codebook/draft/begin', editors, async (request, reply) => {
    await beginDraft(database, userOf(request).id);
    return reply.redirect('/codebook/draft', 303);
  });

  app.post('/codebook/draft/discard', editors, async (request, reply) => {
    await discardDraft(database);
    setFlash(request, 'The draft is thrown away. The version in force is as it was.');
    return reply.redirect('/codebook', 303);
  });

  const load = async () => {
    const [draft, inForce] = await Promise.all([readDraft(database.prisma), readInForce(database.prisma)]);
    if (!draft || !inForce)
      throw new NotFound('No draft of the codebook', {
        userMessage: 'Nobody is editing the codebook. Begin a new version on its page.',
      });
    return { draft, inForce, changes: diffCodebooks(inForce.codes, draft.content) };
  };

  app.get('/codebook/draft', editors, async (request, reply) => {
    const { draft, inForce, changes } = await load();
    const changed = new Set(changes.map(({ key }) => key));
    return reply.page(
      'codebook/draft',
      codebookPage(request, 'Next version of the codebook', {
        draft,
        codes: asTree(draft.content.codes).map((code) => ({ ...code, isChanged: changed.has(code.key) })),
        gone: inForce.codes
          .filter(({ key }) => !draft.content.codes.some((code) => code.key === key))
          .map(({ key, label }) => ({
            key,
            label,
            into: draft.content.merges.find(({ from }) => from === key)?.into,
          })),
        changes: changes.map(inWords),
        nextVersion: inForce.version + 1,
      }),
    );
  });

  app.get('/codebook/draft/codes/:key', editors, async (request, reply) => {
    const { key } = keyParams.parse(request.params);
    const { q } = query.parse(request.query);
    const { draft, changes } = await load();
    const code = draft.content.codes.find((each) => each.key === key);
    if (!code) throw new NotFound('no such code in the draft');
    const [taken, offered] = await Promise.all([
      readExamples(platform, code.exampleUnitIds),
      findExamples(platform, { code: key, words: q }),
    ]);
    const others = asTree(draft.content.codes).filter((each) => each.key !== key);
    return reply.page(
      'codebook/code',
      codebookPage(request, code.label, {
        draft,
        code: { ...code, cueLines: code.cues.join('\n'), exampleLines: code.examples.join('\n') },
        taken: code.exampleUnitIds.map((id) => taken.get(id) ?? { id, text: 'not there any more' }),
        offered: offered.filter(({ id }) => !code.exampleUnitIds.includes(id)),
        others,
        q,
        changes: changes.filter((change) => change.key === key).map(inWords),
      }),
    );
  });

  /** Applies a change; what can't be is told on the page that one comes back to. */
  async function change(
    request: FastifyRequest,
    reply: FastifyReply,
    made: { revision: number; edits: readonly DraftEdit[]; back: string; done?: string },
  ): Promise<FastifyReply> {
    try {
      let at = made.revision;
      for (const edit of made.edits)
        ({ revision: at } = await changeDraft(database, { revision: at, edit, actorId: userOf(request).id }));
      if (made.done) setFlash(request, made.done);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      setFlash(request, error.userMessage);
    }
    return reply.redirect(made.back, 303);
  }
  const keyOf = (request: FastifyRequest) => keyParams.parse(request.params).key;
  const pageOf = (key: string) => `/codebook/draft/codes/${encodeURIComponent(key)}`;
  const TREE = '/codebook/draft';

  app.post('/codebook/draft/add', editors, (request, reply) => {
    const { revision: on, ...edit } = readForm(forms.add, request);
    return change(request, reply, { revision: on, edits: [{ kind: 'add', ...edit }], back: TREE });
  });

  app.post('/codebook/draft/codes/:key/change', editors, async (request, reply) => {
    const key = keyOf(request);
    const { revision: on, parentKey, ...given } = readForm(forms.change, request);
    const { draft } = await load();
    const current = draft.content.codes.find((code) => code.key === key);
    const edits: DraftEdit[] = [{ kind: 'change', key, change: given }];
    if (current && current.parentKey !== parentKey) edits.push({ kind: 'move', key, parentKey });
    return change(request, reply, { revision: on, edits, back: pageOf(key), done: 'Saved in the draft.' });
  });

  app.post('/codebook/draft/codes/:key/order', editors, (request, reply) => {
    const { revision: on, by } = readForm(forms.order, request);
    return change(request, reply, {
      revision: on,
      edits: [{ kind: 'order', key: keyOf(request), by }],
      back: TREE,
    });
  });

  app.post('/codebook/draft/codes/:key/merge', editors, (request, reply) => {
    const { revision: on, into } = readForm(forms.merge, request);
    const key = keyOf(request);
    return change(request, reply, { revision: on, edits: [{ kind: 'merge', key, into }], back: TREE });
  });

  app.post('/codebook/draft/codes/:key/retire', editors, (request, reply) => {
    const { revision: on } = readForm(forms.bare, request);
    return change(request, reply, {
      revision: on,
      edits: [{ kind: 'retire', key: keyOf(request) }],
      back: TREE,
    });
  });

  app.post('/codebook/draft/codes/:key/restore', editors, async (request, reply) => {
    const { revision: on } = readForm(forms.bare, request);
    const { inForce } = await load();
    const code = inForce.codes.find(({ key }) => key === keyOf(request));
    if (!code) throw new NotFound('no such code in force');
    return change(request, reply, { revision: on, edits: [{ kind: 'restore', code }], back: TREE });
  });

  for (const [path, taken] of [
    ['take-example', true],
    ['drop-example', false],
  ] as const)
    app.post(`/codebook/draft/codes/:key/${path}`, editors, async (request, reply) => {
      const key = keyOf(request);
      const { revision: on, unitId } = readForm(forms.example, request);
      const { draft } = await load();
      const before = draft.content.codes.find((code) => code.key === key)?.exampleUnitIds ?? [];
      const others = before.filter((id) => id !== unitId);
      const exampleUnitIds = taken ? [...others, unitId] : others;
      return change(request, reply, {
        revision: on,
        edits: [{ kind: 'change', key, change: { exampleUnitIds } }],
        back: pageOf(key),
      });
    });
}
