import { z } from 'zod';
import { userOf } from '../../../platform/auth/require-role.ts';
import type { TurnaroundClass } from '../../../prisma/generated/client/client.ts';
import { readCalendar, workingDaysInput } from '../../../transcription/turnaround/company-calendar.ts';
import { dueRuleInput, readClasses, ruleOf } from '../../../transcription/turnaround/turnaround-class.ts';
import {
  changeWorkingDays,
  classChange,
  classInput,
  createClass,
  updateClass,
} from '../../../transcription/turnaround/write-class.ts';
import { allow, answers, describe, type Endpoint, id, idParams, noContent } from '../api.ts';

const turnaroundClass = z.object({
  id,
  key: z.string().nullable().describe('urgent, same_day, next_day; null: the company’s own'),
  name: z.string(),
  rule: dueRuleInput,
  active: z.boolean(),
});

function toClass(row: TurnaroundClass): z.infer<typeof turnaroundClass> {
  return { id: row.id, key: row.key, name: row.name, rule: ruleOf(row), active: row.active };
}

export const listClassesEndpoint: Endpoint = (api, { database }) =>
  api.get(
    '/turnaround-classes',
    {
      ...allow('supervisor', 'administrator'),
      schema: {
        ...describe(
          'jobs',
          'listTurnaroundClasses',
          'When dictations are due, and on which days work is done',
        ),
        response: answers({
          200: z.object({
            classes: z.array(turnaroundClass),
            calendar: workingDaysInput.extend({ timeZone: z.string() }),
          }),
        }),
      },
    },
    async () => {
      const [classes, calendar] = await Promise.all([
        readClasses(database.prisma),
        readCalendar(database.prisma),
      ]);
      const { timeZone, weekdays, holidays } = calendar;
      return {
        classes: classes.map(toClass),
        calendar: { timeZone, weekdays: [...weekdays], holidays: [...holidays] },
      };
    },
  );

export const createClassEndpoint: Endpoint = (api, platform) =>
  api.post(
    '/turnaround-classes',
    {
      ...allow('administrator'),
      schema: {
        ...describe('jobs', 'createTurnaroundClass', 'Add a class of the company’s own'),
        body: classInput,
        response: answers({ 201: turnaroundClass }),
      },
    },
    async (request, reply) =>
      reply.code(201).send(toClass(await createClass(platform, request.body, userOf(request).id))),
  );

export const updateClassEndpoint: Endpoint = (api, platform) =>
  api.patch(
    '/turnaround-classes/:id',
    {
      ...allow('administrator'),
      schema: {
        ...describe('jobs', 'updateTurnaroundClass', 'Change what is given; open jobs are reckoned anew'),
        params: idParams,
        body: classChange,
        response: answers({ 200: turnaroundClass }, 404, 409),
      },
    },
    async (request) =>
      toClass(await updateClass(platform, request.params.id, request.body, userOf(request).id)),
  );

export const workingDaysEndpoint: Endpoint = (api, platform) =>
  api.put(
    '/turnaround-classes/working-days',
    {
      ...allow('administrator'),
      schema: {
        ...describe('jobs', 'changeWorkingDays', 'On which days work is done'),
        body: workingDaysInput,
        response: answers({ 204: noContent }),
      },
    },
    async (request, reply) => {
      await changeWorkingDays(platform, request.body, userOf(request).id);
      return reply.code(204).send();
    },
  );
