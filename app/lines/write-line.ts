import { z } from 'zod';
import { isUniqueViolation } from '../../platform/database/unique-violation.ts';
import { Conflict, InvalidInput, NotFound } from '../../platform/errors.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Line } from '../../prisma/generated/client/client.ts';
import { requirementList } from '../../transcription/supervision/requirements.ts';
import { reckonJobs, tellReckoned } from '../../transcription/turnaround/reckon-jobs.ts';
import { toE164 } from '../people/phone-number.ts';
import { checkVoice, voiceSettings } from './line-voice.ts';

export const lineInput = z.object({
  number: z.string().max(40).describe('The number that is dialed; stored as E.164'),
  purpose: z.enum(['report', 'survey', 'proposal']),
  name: z.string().trim().min(1).max(200),
  language: z.string().max(20).optional(),
  voice: z
    .string()
    .max(60)
    .nullable()
    .optional()
    .describe('A voice of the carrier that speaks the language; null: the usual one'),
  turnaroundMinutes: z
    .int()
    .min(1)
    .max(60 * 24 * 30)
    .optional(),
  turnaroundClassId: z
    .uuid()
    .nullable()
    .optional()
    .describe('When what comes in is due; null: after turnaroundMinutes'),
  requirements: requirementList
    .optional()
    .describe('What whoever types it must meet beside the language, like clearance:citizen'),
  keepAudioDays: z
    .int()
    .min(0)
    .max(36_500)
    .nullable()
    .optional()
    .describe('Days that audio is kept after the text is final; null: for ever'),
  surveyId: z.uuid().nullable().optional().describe('The survey that a survey line asks'),
  proposalId: z.uuid().nullable().optional().describe('The proposal that a proposal line takes'),
});

export const lineChange = lineInput.partial().extend({ active: z.boolean().optional() });

type LineInput = z.infer<typeof lineInput>;
type LineChange = z.infer<typeof lineChange>;
type Dependencies = Pick<Platform, 'database'>;

async function checkLinks(
  { database }: Dependencies,
  { surveyId, proposalId, turnaroundClassId }: LineChange,
): Promise<void> {
  if (
    turnaroundClassId &&
    !(await database.prisma.turnaroundClass.findFirst({ where: { id: turnaroundClassId, active: true } }))
  )
    throw new InvalidInput('unknown turnaround class', {
      userMessage: 'That turnaround class does not exist. Choose another one.',
    });
  if (surveyId && !(await database.prisma.survey.findUnique({ where: { id: surveyId } })))
    throw new InvalidInput('unknown survey', {
      userMessage: 'That survey does not exist. Choose another one.',
    });
  if (proposalId && !(await database.prisma.proposal.findUnique({ where: { id: proposalId } })))
    throw new InvalidInput('unknown proposal', {
      userMessage: 'That proposal does not exist. Choose another one.',
    });
}

function explain(error: unknown): unknown {
  if (!isUniqueViolation(error, ['number'])) return error;
  return new Conflict('line number taken', {
    userMessage: 'There is a line with this number already. Change that one instead.',
    cause: error,
  });
}

/** Adds a line. Throws InvalidInput, and Conflict when the number has a line already. */
export async function createLine(
  platform: Dependencies,
  input: LineInput,
  actorId: string | null,
): Promise<Line> {
  checkVoice(input);
  await checkLinks(platform, input);
  const { voice, ...columns } = input;
  const data = { ...columns, number: toE164(input.number), settings: voiceSettings(voice) };
  try {
    return await platform.database.prisma.$transaction(async (tx) => {
      const line = await tx.line.create({ data });
      const detail = { fields: Object.keys(input).sort() };
      await tx.auditEntry.create({
        data: { actorId, action: 'line.created', subjectType: 'line', subjectId: line.id, detail },
      });
      return line;
    });
  } catch (error) {
    throw explain(error);
  }
}

/**
 * Changes what is given and leaves the rest; what waits is reckoned anew. Throws NotFound, InvalidInput, Conflict.
 */
export async function updateLine(
  platform: Pick<Platform, 'database' | 'events'>,
  lineId: string,
  change: LineChange,
  actorId: string | null,
): Promise<Line> {
  checkVoice(change);
  await checkLinks(platform, change);
  const { voice, ...columns } = change;
  const data = { ...columns, ...(change.number !== undefined && { number: toE164(change.number) }) };
  try {
    const { line, reckoned } = await platform.database.prisma.$transaction(async (tx) => {
      const { count } = await tx.line.updateMany({ where: { id: lineId }, data });
      if (count === 0) throw new NotFound('no such line');
      // What others keep in the settings stays.
      const settings = JSON.stringify(voiceSettings(voice));
      await tx.$executeRaw`update line set settings = settings || ${settings}::jsonb where id = ${lineId}::uuid`;
      const detail = { fields: Object.keys(change).sort() };
      await tx.auditEntry.create({
        data: { actorId, action: 'line.changed', subjectType: 'line', subjectId: lineId, detail },
      });
      return {
        line: await tx.line.findUniqueOrThrow({ where: { id: lineId } }),
        reckoned: await reckonJobs(tx, { lineId }),
      };
    });
    await tellReckoned(platform, reckoned);
    return line;
  } catch (error) {
    throw explain(error);
  }
}
