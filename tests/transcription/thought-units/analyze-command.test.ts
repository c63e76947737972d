import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runAnalyze } from '../../../app/commands/analyze.ts';

const world = {
  company: 'Northlight Dental Supply',
  industry: 'Dental chairs',
  reps: [{ id: 'r1', name: 'Paula Reyes', territory: 'Oregon', region: 'West' }],
  accounts: [
    {
      id: 'a1',
      name: 'Cedar Family Dental',
      aliases: ['Cedar Family'],
      city: 'Salem',
      state: 'OR',
      region: 'West',
      lifecycle: 'active',
    },
  ],
  contacts: [{ id: 'c1', name: 'Nora Quist', account: 'a1', title: 'Owner' }],
  products: [{ id: 'p1', name: 'ScanPro Panoramic', aliases: ['ScanPro'] }],
  competitors: [{ id: 'k1', name: 'Dentalux', aliases: [] }],
};
const line = {
  id: 'N-1',
  rep: 'r1',
  callDate: '2026-03-18',
  transcript:
    'Paula, Cedar Family, I saw Nora today.\n\nShe wants a ScanPro, but Dentalux was cheaper. I will send her a quote by Friday.',
};

let folder: string;
let errors: string[];
const file = (name: string) => join(folder, name);
const run = (...args: string[]) => runAnalyze(args);
const usual = () => run('--world', file('world.json'), '--in', file('in.jsonl'), '--out', file('out.jsonl'));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'analyze-'));
  writeFileSync(file('world.json'), JSON.stringify(world));
  writeFileSync(file('in.jsonl'), `${JSON.stringify(line)}\n`);
  errors = [];
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    errors.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true, force: true });
});

describe('analyze', () => {
  it('writes a prediction for each line', async () => {
    expect(await usual()).toBe(0);
    const prediction = JSON.parse(readFileSync(file('out.jsonl'), 'utf8'));
    expect(prediction.id).toBe('N-1');
    for (const unit of prediction.units) {
      expect(line.transcript.slice(unit.start, unit.end)).toBe(unit.text);
      expect(unit.codes.length).toBeGreaterThan(0);
    }
    expect(prediction.fields).toMatchObject({
      account: 'a1',
      contacts: ['c1'],
      products: ['p1'],
      competitors: ['k1'],
      meetingDate: '2026-03-18',
      meetingType: 'visit',
      nextSteps: [{ owner: 'rep', due: '2026-03-20' }],
    });
    expect(readdirSync(folder).sort()).toEqual(['in.jsonl', 'out.jsonl', 'world.json']);
  });

  it('takes an empty input and an empty transcript', async () => {
    writeFileSync(file('in.jsonl'), '');
    expect(await usual()).toBe(0);
    expect(readFileSync(file('out.jsonl'), 'utf8')).toBe('');
    writeFileSync(file('in.jsonl'), `${JSON.stringify({ ...line, transcript: '' })}\n`);
    expect(await usual()).toBe(0);
    expect(JSON.parse(readFileSync(file('out.jsonl'), 'utf8')).units).toEqual([]);
  });

  it.each([
    ['not JSON', 'nonsense', 'Line 2 of'],
    [
      'a missing field',
      JSON.stringify({ id: 'N-2', rep: 'r1', callDate: '2026-03-18' }),
      'transcript is missing',
    ],
    ['no date', JSON.stringify({ ...line, id: 'N-2', callDate: 'March 3' }), 'callDate is not a date'],
    [
      'a day that does not exist',
      JSON.stringify({ ...line, id: 'N-2', callDate: '2026-02-30' }),
      'callDate is no day',
    ],
    ['an id twice', JSON.stringify(line), 'has the id of line 1'],
  ])('refuses a line that is %s, by its number, and writes nothing', async (_, bad, says) => {
    writeFileSync(file('in.jsonl'), `${JSON.stringify(line)}\n${bad}\n`);
    expect(await usual()).toBe(2);
    expect(errors).toHaveLength(1);
    expect(errors[0]).toContain('Line 2 of');
    expect(errors[0]).toContain(says);
    expect(errors[0]).not.toContain('    at ');
    expect(existsSync(file('out.jsonl'))).toBe(false);
  });

  it.each([
    ['no --out', ['--world', 'w', '--in', 'i'], '--out is missing'],
    ['an unknown option', ['--wrld', 'w'], '--wrld'],
    [
      'a missing world',
      ['--world', 'nowhere.json', '--in', 'i', '--out', 'o'],
      'Cannot read nowhere.json: there is no such file.',
    ],
  ])('refuses %s in one sentence', async (_, args, says) => {
    expect(await run(...args)).toBe(2);
    expect(errors.join('')).toContain(says);
  });

  it('refuses a world that is no vocabulary, and a folder that is not there to write to', async () => {
    writeFileSync(file('world.json'), JSON.stringify({ ...world, contacts: [{ id: 'c1' }] }));
    expect(await usual()).toBe(2);
    expect(errors[0]).toContain('contacts.0.name');
    writeFileSync(file('world.json'), JSON.stringify(world));
    expect(
      await run(
        '--world',
        file('world.json'),
        '--in',
        file('in.jsonl'),
        '--out',
        join(folder, 'none', 'out.jsonl'),
      ),
    ).toBe(2);
    expect(errors[1]).toContain('Cannot write');
  });

  it('reads standard input and writes standard output for "-"', () => {
    const script = `import(${JSON.stringify(join(process.cwd(), 'app/commands/analyze.ts'))}).then(async (m) => { process.exitCode = await m.runAnalyze(process.argv.slice(1)); });`;
    const child = spawnSync(
      process.execPath,
      ['--import', 'tsx', '-e', script, '--', '--world', file('world.json'), '--in', '-', '--out', '-'],
      {
        input: readFileSync(file('in.jsonl')),
        encoding: 'utf8',
      },
    );
    expect(child.stderr).toBe('');
    expect(child.status).toBe(0);
    expect(JSON.parse(child.stdout).id).toBe('N-1');
  });
});
