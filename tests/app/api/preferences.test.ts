import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ApiKit, createApiKit } from '../support/api-kit.ts';

let kit: ApiKit;
beforeAll(async () => {
  kit = await createApiKit();
});
afterAll(() => kit.close());

const PATH = '/api/v1/preferences/workbench';
const rowOf = async (id: string) =>
  (await kit.platform.database.prisma.user.findUniqueOrThrow({ where: { id } })).preferences;

describe('how somebody likes the workbench', () => {
  test('a stranger gets nothing and changes nothing', async () => {
    expect((await kit.stranger('GET', PATH)).status).toBe(401);
    expect((await kit.stranger('PATCH', PATH, { listening: { speed: 2 } })).status).toBe(401);
  });

  test('needs the CSRF token to be changed', async () => {
    const june = await kit.person('transcriptionist');
    expect((await june.withoutCsrf('PATCH', PATH, { listening: { speed: 2 } })).status).toBe(403);
    expect(await rowOf(june.id)).toEqual({});
  });

  test('is as usual at first, and theirs alone', async () => {
    const june = await kit.person('transcriptionist');
    const dale = await kit.person('transcriptionist');
    expect((await june('GET', PATH)).body).toMatchObject({
      keys: { preset: 'dictaline', own: {} },
      listening: { speed: 1, backStepSeconds: 1.5, gainDb: 0, filter: false, skipSilence: false },
      pedal: { mode: 'hold' },
    });
    await june('PATCH', PATH, { listening: { speed: 1.35, filter: true } });
    expect((await june('GET', PATH)).body).toMatchObject({ listening: { speed: 1.35, filter: true } });
    expect((await dale('GET', PATH)).body).toMatchObject({ listening: { speed: 1, filter: false } });
  });

  test('parts sent at once are both kept; sent twice they are written once', async () => {
    const june = await kit.person('transcriptionist');
    const keys = { preset: 'otranscribe', own: { back: ['F13'] } };
    const parts = [
      { keys },
      { listening: { gainDb: 6 } },
      { pedal: { mode: 'toggle', pedals: {} } },
      { keys },
    ];
    const answers = await Promise.all(parts.map((part) => june('PATCH', PATH, part)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect((await june('GET', PATH)).body).toMatchObject({
      keys,
      listening: { gainDb: 6 },
      pedal: { mode: 'toggle', pedals: {} },
    });
  });

  test('leaves alone what else is noted of them', async () => {
    const june = await kit.person('transcriptionist');
    await kit.platform.database.prisma.user.update({
      where: { id: june.id },
      data: { preferences: { other: ['kept'] } },
    });
    await june('PATCH', PATH, { listening: { speed: 0.8 }, other: ['mine'] });
    expect(await rowOf(june.id)).toMatchObject({
      other: ['kept'],
      workbench: { listening: { speed: 0.8 } },
    });
  });

  test.each([
    [{ listening: { speed: 9 } }, 'speed'],
    [{ listening: { gainDb: 40 } }, 'gainDb'],
    [{ keys: { preset: 'wordstar', own: {} } }, 'preset'],
    [{ keys: { preset: 'dictaline', own: { back: ['Ctrl+W'] } } }, 'tabs'],
    [{ pedal: { mode: 'hold', pedals: { 'hid:left': 'delete everything' } } }, 'pedals'],
    [{ pedal: { mode: 'hold', pedals: { sofa: 'play' } } }, 'pedals'],
  ])('refuses %j', async (patch, word) => {
    const june = await kit.person('transcriptionist');
    const { status, body } = await june('PATCH', PATH, patch);
    expect(status).toBe(400);
    expect(JSON.stringify(body)).toContain(word);
    expect(await rowOf(june.id)).toEqual({});
  });

  test('what an older version wrote costs only its own part', async () => {
    const june = await kit.person('transcriptionist');
    await kit.platform.database.prisma.user.update({
      where: { id: june.id },
      data: {
        preferences: {
          workbench: {
            keys: { preset: 'dictaline', own: { 'a-command-that-went': ['F13'], back: ['F14'] } },
            listening: { speed: 'fast' },
          },
        },
      },
    });
    expect((await june('GET', PATH)).body).toMatchObject({
      keys: { own: { back: ['F14'] } },
      listening: { speed: 1 },
    });
  });
});
