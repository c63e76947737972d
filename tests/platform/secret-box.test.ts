import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createSecretBox } from '../../platform/secret-box.ts';

const box = createSecretBox('a secret of the deployment', 'crm credentials');

test('what was sealed opens for what it was sealed for, and shows nothing of itself', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 4 }), fc.string(), (text, context) => {
      const sealed = box.seal(text, context);
      expect(box.open(sealed, context)).toBe(text);
      expect(sealed.includes(Buffer.from(text))).toBe(false);
      expect(box.seal(text, context).equals(sealed)).toBe(false);
    }),
    { numRuns: 50 },
  );
});

test('nothing opens for another row, another purpose, another secret, or after a bit was changed', () => {
  const sealed = box.seal('token', 'row 1');
  expect(box.open(sealed, 'row 2')).toBeNull();
  expect(createSecretBox('a secret of the deployment', 'another purpose').open(sealed, 'row 1')).toBeNull();
  expect(createSecretBox('another secret', 'crm credentials').open(sealed, 'row 1')).toBeNull();
  for (let index = 0; index < sealed.length; index += 1) {
    const changed = Buffer.from(sealed);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(box.open(changed, 'row 1')).toBeNull();
  }
  expect(box.open(sealed.subarray(0, 20), 'row 1')).toBeNull();
  expect(box.open(Buffer.alloc(0), 'row 1')).toBeNull();
});
