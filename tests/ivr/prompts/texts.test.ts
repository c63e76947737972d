import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, test } from 'vitest';
import { FORM_NAMES } from '../../../ivr/prompts/forms/value-forms.ts';
import { PROMPT_SETS } from '../../../ivr/prompts/languages.ts';
import { hasWords, parseText } from '../../../ivr/prompts/parse-text.ts';

const [first, ...others] = PROMPT_SETS;

function valuesOf(text: string): string[] {
  return parseText(text)
    .flatMap((piece) => (piece.kind === 'value' ? [`${piece.name}:${piece.form ?? ''}`] : []))
    .sort();
}

describe.each(PROMPT_SETS.map((set) => [set.language, set] as const))('%s', (_, set) => {
  const prompts = [...set.prompts.values()];

  test.each(prompts.map(({ id, text, group }) => [id, text, group] as const))('%s', (_id, text, group) => {
    expect(hasWords(text)).toBe(true);
    // A value that was written wrongly would be spoken with its braces.
    for (const piece of parseText(text)) {
      if (piece.kind === 'words') expect(piece.text).not.toMatch(/[{}|#*<>]/);
      else if (piece.form !== null) expect([...FORM_NAMES]).toContain(piece.form);
    }
    expect(text).toBe(text.trim());
    if (group !== 'keys') expect(text).toMatch(/[.!?:,]$|\}$/);
  });
});

test.each(others.map((set) => [set.language, set] as const))(
  '%s has the same prompts with the same values',
  (_, set) => {
    expect([...set.prompts.keys()].sort()).toEqual([...(first?.prompts.keys() ?? [])].sort());
    for (const { id, text, group } of set.prompts.values()) {
      expect([id, ...valuesOf(text)]).toEqual([id, ...valuesOf(first?.prompts.get(id)?.text ?? '')]);
      expect(group).toBe(first?.prompts.get(id)?.group);
    }
  },
);

test('every voice is one that the carrier has', () => {
  const types = createRequire(import.meta.url)
    .resolve('twilio')
    .replace(/index\.js$/, 'twiml/VoiceResponse.d.ts');
  const source = readFileSync(types, 'utf8');
  for (const { language, voices } of PROMPT_SETS) {
    expect(source).toContain(`"${language}"`);
    for (const { id } of voices) expect(source).toContain(`"${id}"`);
  }
});
