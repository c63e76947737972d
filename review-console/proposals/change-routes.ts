import type { FastifyInstance, FastifyReply } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { AppError } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { correctContribution } from '../../proposals/correct-contribution.ts';
import { createProposal } from '../../proposals/create-proposal.ts';
import { requireProposal } from '../../proposals/get-proposal.ts';
import { writeOutlineText } from '../../proposals/outline-text.ts';
import { setMembers } from '../../proposals/set-members.ts';
import { setOutline } from '../../proposals/set-outline.ts';
import { updateProposal } from '../../proposals/update-proposal.ts';
import { errorsOf, type FormErrors } from '../people/person-form.ts';
import { setFlash } from '../render/flash.ts';
import { readForm, readId } from '../render/read-input.ts';
import { loadCandidates } from './load-proposal.ts';
import { noteChange } from './note-change.ts';
import { correctionForm, outlineForm, proposalForm, readPasted } from './proposal-form.ts';

/** Making a proposal, its outline, its contributors, closing it. */
export function serveProposalChanges(
  app: FastifyInstance,
  platform: Pick<Platform, 'clock' | 'database'>,
): void {
  const { database } = platform;
  const onlyManagers = { preHandler: requireRole('proposal_manager', 'administrator') };

  const showForm = async (
    reply: FastifyReply,
    form: { title?: unknown; customer?: unknown; dueOn?: unknown; memberIds?: unknown },
    more: { id?: string; heading: string; errors?: FormErrors; outline?: string; problems?: string[] },
  ) => {
    const chosen = [form.memberIds ?? []].flat().filter((id) => typeof id === 'string');
    return reply.page('proposals/edit', {
      title: more.heading,
      nav: 'proposals',
      form,
      people: await loadCandidates(database, chosen),
      ...more,
    });
  };

  app.get('/proposals/new', onlyManagers, (_request, reply) =>
    showForm(reply, {}, { heading: 'Add a proposal', outline: '' }),
  );

  app.post('/proposals', onlyManagers, async (request, reply) => {
    const typed = Object(request.body);
    const again = (more: { errors?: FormErrors; problems?: string[] }) =>
      showForm(reply.code(400), typed, {
        heading: 'Add a proposal',
        outline: String(typed.outline ?? ''),
        ...more,
      });
    const parsed = proposalForm.safeParse(request.body);
    if (!parsed.success) return again({ errors: errorsOf(parsed.error) });
    const { sections, problems } = readPasted(readForm(outlineForm, request).outline);
    if (problems.length > 0) return again({ problems });
    const { title, customer, dueOn, memberIds } = parsed.data;
    try {
      const { id } = await createProposal(platform, { title, customer, dueAt: dueOn, memberIds, sections });
      await noteChange(database, { actorId: userOf(request).id, proposalId: id, action: 'proposal.created' });
      setFlash(
        request,
        'Added. An administrator gives it a line under Lines; then its contributors can call.',
      );
      return reply.redirect(`/proposals/${id}`, 303);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ errors: { form: error.userMessage } });
    }
  });

  app.get('/proposals/:id/edit', onlyManagers, async (request, reply) => {
    const { id, title, customer, dueAt, members } = await requireProposal(platform, readId(request));
    const dueOn = dueAt?.toISOString().slice(0, 10) ?? '';
    return showForm(
      reply,
      { title, customer, dueOn, memberIds: members.map((member) => member.id) },
      { id, heading: title },
    );
  });

  app.post('/proposals/:id', onlyManagers, async (request, reply) => {
    const id = readId(request);
    const proposal = await requireProposal(platform, id);
    const again = (errors: FormErrors) =>
      showForm(reply.code(400), Object(request.body), { id, heading: proposal.title, errors });
    const parsed = proposalForm.safeParse(request.body);
    if (!parsed.success) return again(errorsOf(parsed.error));
    const { title, customer, dueOn, memberIds } = parsed.data;
    try {
      await setMembers(platform, { proposalId: id, userIds: memberIds });
      await updateProposal(platform, id, { title, customer, dueAt: dueOn });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again({ form: error.userMessage });
    }
    await noteChange(database, { actorId: userOf(request).id, proposalId: id, action: 'proposal.changed' });
    setFlash(request, 'Saved.');
    return reply.redirect(`/proposals/${id}`, 303);
  });

  app.get('/proposals/:id/outline', onlyManagers, async (request, reply) => {
    const { id, title, sections } = await requireProposal(platform, readId(request));
    return reply.page('proposals/outline', {
      title,
      nav: 'proposals',
      id,
      outline: writeOutlineText(sections),
    });
  });

  app.post('/proposals/:id/outline', onlyManagers, async (request, reply) => {
    const id = readId(request);
    const { title } = await requireProposal(platform, id);
    const { outline } = readForm(outlineForm, request);
    const again = (problems: string[]) =>
      reply.code(400).page('proposals/outline', { title, nav: 'proposals', id, outline, problems });
    const { sections, problems } = readPasted(outline);
    if (problems.length > 0) return again(problems);
    try {
      await setOutline(platform, { proposalId: id, sections });
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      return again([error.userMessage]);
    }
    await noteChange(database, {
      actorId: userOf(request).id,
      proposalId: id,
      action: 'proposal.outline_set',
    });
    setFlash(request, 'The outline is saved. Callers hear it from now on.');
    return reply.redirect(`/proposals/${id}`, 303);
  });

  app.post('/proposals/:id/contributions/:contributionId', onlyManagers, async (request, reply) => {
    const id = readId(request);
    const contributionId = readId(request, 'contributionId');
    const userId = userOf(request).id;
    await correctContribution(platform, { contributionId, userId, ...readForm(correctionForm, request) });
    await noteChange(database, { actorId: userId, proposalId: id, action: 'proposal.text_corrected' });
    setFlash(request, 'Corrected. What was typed first is kept as an earlier version.');
    return reply.redirect(`/proposals/${id}/text#contribution-${contributionId}`, 303);
  });

  app.post('/proposals/:id/closed', onlyManagers, async (request, reply) => {
    const id = readId(request);
    const { closed } = readForm(z.object({ closed: z.enum(['yes', 'no']) }), request);
    const isClosed = closed === 'yes';
    await updateProposal(platform, id, { closed: isClosed });
    await noteChange(database, {
      actorId: userOf(request).id,
      proposalId: id,
      action: isClosed ? 'proposal.closed' : 'proposal.opened',
    });
    setFlash(request, isClosed ? 'Closed: callers are told so.' : 'Open for contributions again.');
    return reply.redirect(`/proposals/${id}`, 303);
  });
}
