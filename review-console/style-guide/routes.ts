import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { requireRole, userOf } from '../../platform/auth/require-role.ts';
import { Conflict, InvalidInput } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import { compareGuides, onlyChanges } from '../../transcription/house-style/guide/compare-guides.ts';
import { parseGuide } from '../../transcription/house-style/guide/parse-guide.ts';
import { HOUSE_RULES } from '../../transcription/house-style/house-style.ts';
import {
  type GuideVersion,
  listGuideVersions,
  readGuide,
  readGuideVersion,
  saveGuide,
} from '../../transcription/house-style/style-guide.ts';
import { mayCompany, TYPISTS, typingPage } from '../expansions/typing-page.ts';
import { setFlash } from '../render/flash.ts';
import { readForm } from '../render/read-input.ts';

const versionQuery = z.object({ version: z.coerce.number().int().min(1).optional().catch(undefined) });
const form = z.object({
  text: z.string().max(400_000).default(''),
  note: z.string().max(500).default(''),
  base: z.coerce.number().int().min(1),
  rules: z.union([z.string(), z.array(z.string())]).default([]),
  act: z.enum(['preview', 'save']).catch('preview'),
});

/** `/style-guide`: how this company writes; read by who types, changed by supervisors and administrators. */
export function serveStyleGuide(app: FastifyInstance, platform: Pick<Platform, 'clock' | 'database'>): void {
  const readers = { preHandler: requireRole(...TYPISTS, 'manager', 'proposal_manager') };
  const writers = { preHandler: requireRole('supervisor', 'administrator') };

  app.get('/style-guide', readers, async (request, reply) => {
    const { version } = versionQuery.parse(request.query);
    const newest = await readGuide(platform);
    const guide = version ? await readGuideVersion(platform, version) : newest;
    return reply.page(
      'style-guide/guide',
      typingPage(
        'style-guide',
        'Style guide',
        {
          guide,
          isNewest: guide.version === newest.version,
          newest: newest.version,
          ...shownGuide(guide),
          mayChange: mayCompany(userOf(request)),
        },
        userOf(request),
      ),
    );
  });

  app.get('/style-guide/versions', readers, async (request, reply) => {
    const versions = await listGuideVersions(platform);
    return reply.page(
      'style-guide/versions',
      typingPage(
        'style-guide',
        'Versions of the style guide',
        {
          versions: versions.map((one, index) => {
            const older = versions[index + 1];
            return {
              ...one,
              changes: older ? withGaps(older.text, one.text) : null,
              rules: older ? changedRules(older.rulesOff, one.rulesOff) : [],
            };
          }),
        },
        userOf(request),
      ),
    );
  });

  async function showForm(request: FastifyRequest, reply: FastifyReply, typed: Typed, error?: string) {
    const newest = await readGuide(platform);
    const off = new Set(typed.rulesOff);
    return reply.page(
      'style-guide/edit',
      typingPage(
        'style-guide',
        'Change the style guide',
        {
          ...typed,
          newest: newest.version,
          rules: HOUSE_RULES.map(({ key, title, examples }) => ({
            key,
            title,
            example: examples[0]?.join(' → '),
            isOn: !off.has(key),
          })),
          preview: request.method === 'POST' ? shownGuide(typed) : null,
          changes: request.method === 'POST' ? withGaps(newest.text, typed.text) : null,
          error,
        },
        userOf(request),
      ),
    );
  }

  app.get('/style-guide/edit', writers, async (request, reply) => {
    const { version, text, rulesOff } = await readGuide(platform);
    return showForm(request, reply, { text, rulesOff, note: '', base: version });
  });

  app.post('/style-guide', writers, async (request, reply) => {
    const { text: sent, note, base, rules, act } = readForm(form, request);
    const on = new Set([rules].flat());
    const typed = {
      // A browser sends line ends of its own kind.
      text: sent.replace(/\r\n?/g, '\n'),
      rulesOff: HOUSE_RULES.map(({ key }) => key).filter((key) => !on.has(key)),
      note,
      base,
    };
    if (act === 'preview') return showForm(request, reply, typed);
    try {
      const version = await saveGuide(platform, typed, userOf(request).id);
      setFlash(request, `Version ${version} is in force. Workbenches follow when a job is opened next.`);
    } catch (error) {
      if (error instanceof Conflict) {
        const { version } = await readGuide(platform);
        return showForm(request, reply.code(409), { ...typed, base: version }, error.userMessage);
      }
      if (error instanceof InvalidInput) return showForm(request, reply.code(400), typed, error.userMessage);
      throw error;
    }
    return reply.redirect('/style-guide', 303);
  });
}

interface Typed {
  text: string;
  rulesOff: string[];
  note: string;
  base: number;
}

/** Blocks as the view goes through them, with the rules that a section is kept by. */
function shownGuide({ text, rulesOff }: Pick<GuideVersion, 'text' | 'rulesOff'>) {
  const { intro, sections } = parseGuide(text);
  return {
    intro,
    sections: sections.map((section) => ({
      ...section,
      rules: HOUSE_RULES.filter(({ key, section: of }) => of === section.key && !rulesOff.includes(key)).map(
        ({ title }) => title,
      ),
    })),
  };
}

/** Changed lines with some around; a gap stands for the rest. */
function withGaps(before: string, after: string): { kind: string; text: string }[] {
  const lines = onlyChanges(compareGuides(before, after));
  return lines.some((line) => line !== null) ? lines.map((line) => line ?? { kind: 'gap', text: '⋯' }) : [];
}

function changedRules(before: readonly string[], after: readonly string[]): string[] {
  return HOUSE_RULES.flatMap(({ key, title }) => {
    const [was, is] = [before.includes(key), after.includes(key)];
    return was === is ? [] : [`${title}: ${is ? 'off' : 'on'}`];
  });
}
