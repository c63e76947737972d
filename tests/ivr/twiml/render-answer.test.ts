import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { LONGEST_RECORDING_SECONDS } from '../../../ivr/flow/dictating/types.ts';
import { PROMPT_SETS } from '../../../ivr/prompts/languages.ts';
import type { Prompt, PromptId } from '../../../ivr/prompts/prompt.ts';
import { NO_RECORDINGS, type RecordedPrompts } from '../../../ivr/prompts/recorded/prompt-book.ts';
import { speakingTo } from '../../../ivr/prompts/speaking.ts';
import { parseTwiml } from '../../../ivr/simulator/parse-twiml.ts';
import { renderAnswer } from '../../../ivr/twiml/render-answer.ts';
import { toXmlText } from '../../../ivr/twiml/to-xml-text.ts';
import { createIvrUrls } from '../../../ivr/urls.ts';
import { inEnglish, inSpanish, NOW } from '../prompts/speak-as.ts';

const urls = createIvrUrls('https://x.example.com', { part: () => 'secret', clip: () => 'secret' });
const to = { speaking: inEnglish, urls, address: { callId: 'c', step: 4 } };
const head = '<?xml version="1.0" encoding="UTF-8"?><Response>';
const voice = 'voice="Polly.Joanna" language="en-US"';

test('an entry: ended by pound, interruptible, asked for even when nothing is pressed', () => {
  expect(renderAnswer({ prompts: [{ say: 'enter_pin' }], next: { kind: 'entry' } }, to)).toBe(
    `${head}<Gather input="dtmf" finishOnKey="#" timeout="10" actionOnEmptyResult="true" method="POST" ` +
      `action="https://x.example.com/ivr/calls/c/steps/4"><Say ${voice}>Please enter your PIN, then press pound.</Say>` +
      '</Gather></Response>',
  );
});

test('a menu: one key, pound and star among them; what was said is played', () => {
  expect(renderAnswer({ prompts: [{ playRecordingId: 'r' }], next: { kind: 'menu' } }, to)).toBe(
    `${head}<Gather input="dtmf" finishOnKey="" numDigits="1" timeout="8" actionOnEmptyResult="true" method="POST" ` +
      'action="https://x.example.com/ivr/calls/c/steps/4"><Play>https://x.example.com/ivr/parts/r?token=secret</Play>' +
      '</Gather></Response>',
  );
});

test('recording: every address names the recording', () => {
  const twiml = renderAnswer(
    { prompts: [{ say: 'record' }], next: { kind: 'record', recordingId: 'r' } },
    to,
  );
  expect(twiml).toContain(`<Say ${voice}>Please say your report after the tone.</Say><Record `);
  for (const attribute of [
    'finishOnKey="#*"',
    'timeout="30"',
    `maxLength="${LONGEST_RECORDING_SECONDS}"`,
    'playBeep="true"',
    'trim="trim-silence"',
    'action="https://x.example.com/ivr/calls/c/steps/4?recording=r"',
    'recordingStatusCallback="https://x.example.com/ivr/recordings/r"',
    'recordingStatusCallbackEvent="completed absent"',
  ]) {
    expect(twiml).toContain(attribute);
  }
  expect(twiml).toContain(
    '<Redirect method="POST">https://x.example.com/ivr/calls/c/steps/4?recording=r&amp;nothing=1</Redirect></Response>',
  );
});

test('what managers write can’t become TwiML', () => {
  const twiml = renderAnswer(
    {
      prompts: [{ speak: '</Say><Hangup/> & {author} "x"' }],
      next: { kind: 'hang_up' },
    },
    to,
  );
  expect(twiml).toBe(
    `${head}<Say ${voice}>&lt;/Say&gt;&lt;Hangup/&gt; &amp; {author} "x"</Say><Hangup/></Response>`,
  );
});

test('cuts of what was said, and texts in a language of their own', () => {
  const twiml = renderAnswer(
    {
      prompts: [
        { playRecordingId: 'r', lastSeconds: 10 },
        { playClip: { dictationId: 'd', fromMs: 500, toMs: 4500 } },
        { speak: 'Dzień dobry', language: 'pl-PL' },
      ],
      next: { kind: 'menu', speech: true },
    },
    to,
  );
  expect(twiml).toContain('<Gather input="dtmf speech" ');
  expect(twiml).toContain('<Play>https://x.example.com/ivr/parts/r?token=secret&amp;last=10</Play>');
  expect(twiml).toContain('<Play>https://x.example.com/ivr/clips/d/500-4500?token=secret</Play>');
  expect(twiml).toContain('>Dzień dobry</Say>');
});

test('where beginning to speak goes on, the carrier listens in the caller’s language and not for long', () => {
  const menu = { prompts: [], next: { kind: 'menu' as const, speech: true } };
  expect(renderAnswer(menu, { ...to, speaking: inSpanish })).toContain(
    '<Gather input="dtmf speech" speechTimeout="1" maxSpeechTime="2" bargeIn="true" language="es-US" finishOnKey=""',
  );
});

test('who waits longer or shorter says so', () => {
  const render = (next: Parameters<typeof renderAnswer>[0]['next']) =>
    renderAnswer({ prompts: [], next }, to);
  expect(render({ kind: 'menu', seconds: 3 })).toContain('timeout="3"');
  expect(render({ kind: 'entry', seconds: 20 })).toContain('timeout="20"');
});

test('a reference is spoken in groups, with time to write each down', () => {
  const prompts = [{ say: 'reference', values: { reference: '1234567' } }] as const;
  expect(renderAnswer({ prompts: [...prompts], next: { kind: 'hang_up' } }, to)).toBe(
    `${head}<Say ${voice}>Its reference is 1, 2, 3, <break time="350ms"/>4, 5, <break time="350ms"/>6, 7.</Say>` +
      '<Hangup/></Response>',
  );
});

test('the line’s voice speaks the line’s language; a rep’s own language has a voice of its own', () => {
  const say = (language: string) =>
    renderAnswer(
      { prompts: [{ say: 'goodbye' }], next: { kind: 'hang_up' } },
      { ...to, speaking: speakingTo({ language, voice: 'Polly.Ruth-Neural', now: NOW }, NO_RECORDINGS) },
    );
  expect(say('en-US')).toContain('<Say voice="Polly.Ruth-Neural" language="en-US">Goodbye.</Say>');
  expect(say('es-US')).toContain('<Say voice="Polly.Lupe" language="es-US">Hasta luego.</Say>');
});

describe('recordings in place of a voice', () => {
  const { set } = inEnglish;
  const recorded = (...known: { promptId: string; piece: number; text: string }[]): RecordedPrompts => ({
    find: (words) =>
      known.some(
        (each) =>
          words.language === 'en-US' &&
          each.promptId === words.promptId &&
          each.piece === words.piece &&
          each.text === words.text,
      )
        ? `${words.promptId}-${words.piece}`
        : undefined,
  });
  const render = (prompt: Prompt, book: RecordedPrompts) =>
    renderAnswer(
      { prompts: [prompt], next: { kind: 'hang_up' } },
      { ...to, speaking: { ...inEnglish, recorded: book } },
    ).replace(head, '');

  test('a whole prompt', () => {
    const text = set.prompts.get('enter_pin')?.text ?? '';
    expect(render({ say: 'enter_pin' }, recorded({ promptId: 'enter_pin', piece: 0, text }))).toBe(
      '<Play>https://x.example.com/ivr/prompts/enter_pin-0</Play><Hangup/></Response>',
    );
  });

  test('the words around a value; the voice speaks the value alone, and no stray full stop', () => {
    const saved: Prompt = { say: 'saved', values: { seconds: 65 } };
    const words = (set.prompts.get('saved')?.pieces ?? []).filter((piece) => piece.kind === 'words');
    const known = words.map(({ index, text }) => ({ promptId: 'saved', piece: index, text }));
    expect(render(saved, recorded(...known))).toBe(
      `<Play>https://x.example.com/ivr/prompts/saved-0</Play><Say ${voice}>1 minute and 5 seconds</Say>` +
        '<Play>https://x.example.com/ivr/prompts/saved-1</Play><Hangup/></Response>',
    );
    expect(render(saved, recorded(...known.slice(0, 1)))).toBe(
      `<Play>https://x.example.com/ivr/prompts/saved-0</Play><Say ${voice}>1 minute and 5 seconds long.</Say>` +
        '<Hangup/></Response>',
    );
  });

  test('keys and digits, when all of a number are recorded', () => {
    const keys = ['1', '2', '3', '4', '5', '6', '7'].map((digit) => ({
      promptId: `key_${digit}`,
      piece: 0,
      text: set.prompts.get(`key_${digit}` as PromptId)?.text ?? '',
    }));
    const reference: Prompt = { say: 'reference', values: { reference: '1234567' } };
    const play = (id: string) => `<Play>https://x.example.com/ivr/prompts/${id}</Play>`;
    expect(render(reference, recorded(...keys))).toBe(
      `<Say ${voice}>Its reference is</Say>${[1, 2, 3, 4, 5, 6, 7].map((digit) => play(`key_${digit}-0`)).join('')}<Hangup/></Response>`,
    );
    // One is missing: the voice speaks the whole number.
    expect(render(reference, recorded(...keys.slice(1)))).not.toContain('<Play>');
  });

  test('not when the text has changed since, and not in another language', () => {
    expect(render({ say: 'goodbye' }, recorded({ promptId: 'goodbye', piece: 0, text: 'Bye.' }))).toBe(
      `<Say ${voice}>Goodbye.</Say><Hangup/></Response>`,
    );
    const spanish = renderAnswer(
      { prompts: [{ say: 'goodbye' }], next: { kind: 'hang_up' } },
      {
        ...to,
        speaking: { ...inSpanish, recorded: recorded({ promptId: 'goodbye', piece: 0, text: 'Goodbye.' }) },
      },
    );
    expect(spanish).not.toContain('<Play>');
  });
});

test('nothing to say is not said', () => {
  const twiml = renderAnswer({ prompts: [{ speak: ' \u0000 … ' }], next: { kind: 'hang_up' } }, to);
  expect(twiml).toBe(`${head}<Hangup/></Response>`);
});

describe('whatever stands in a value', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.array(fc.integer({ min: 0, max: 0xffff })).map((codes) => String.fromCharCode(...codes)),
    fc.constantFrom(
      '</Say><Hangup/>',
      ']]>',
      '<![CDATA[',
      '&#0;',
      '\ud800',
      '\ufffe',
      '<!--',
      '<?xml?>',
      '{x}',
    ),
  );

  test.each(PROMPT_SETS.map((each) => [each.language, each] as const))(
    'the answer is a document with exactly these verbs: %s',
    (language, { prompts }) => {
      fc.assert(
        fc.property(fc.constantFrom(...prompts.values()), anything, anything, (prompt, value, free) => {
          const values = Object.fromEntries(
            prompt.pieces.flatMap((piece) => (piece.kind === 'value' ? [[piece.name, value]] : [])),
          );
          const speaking = speakingTo({ language, timeZone: free, voice: free, now: NOW }, NO_RECORDINGS);
          const twiml = renderAnswer(
            {
              prompts: [
                { say: prompt.id, values },
                { speak: free, language: value },
              ],
              next: { kind: 'hang_up' },
            },
            { ...to, speaking },
          );
          const verbs = parseTwiml(twiml);
          expect(verbs?.at(-1)?.name).toBe('Hangup');
          for (const verb of verbs?.slice(0, -1) ?? []) {
            expect(verb.name).toBe('Say');
            expect(verb.children.every(({ name }) => name === 'break')).toBe(true);
          }
        }),
        { numRuns: 500 },
      );
    },
  );

  test('what XML can carry is kept as it is', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const clean = toXmlText(text);
        const kept = (each: string) => each.replace(/[\s\p{Cc}\p{Cs}\ufffe\uffff]/gu, '');
        expect(kept(clean)).toBe(kept(text));
        expect(toXmlText(clean)).toBe(clean);
      }),
    );
  });
});

describe('a text longer than the carrier takes', () => {
  const parts = (text: string) =>
    (parseTwiml(renderAnswer({ prompts: [{ speak: text }], next: { kind: 'hang_up' } }, to)) ?? []).filter(
      ({ name }) => name === 'Say',
    );

  test('is parted at the end of a sentence', () => {
    const sentence = 'We heard that the pumps were late again and that nobody called. ';
    const said = parts(sentence.repeat(100));
    expect(said.length).toBeGreaterThan(1);
    for (const { text } of said) expect(text.endsWith('called.')).toBe(true);
  });

  test('loses nothing, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 500, maxLength: 3000 }), (text) => {
        const said = parts(`word ${text}`);
        const joined = said.map((each) => each.text).join('');
        const bare = (each: string) => each.replace(/\s/g, '');
        expect(bare(joined).length).toBeLessThanOrEqual(bare(toXmlText(`word ${text}`)).length);
        for (const each of said) {
          expect(Buffer.byteLength(each.text)).toBeLessThanOrEqual(3000);
          expect(encodeURIComponent(each.text).length).toBeLessThanOrEqual(4500);
        }
      }),
      { numRuns: 50 },
    );
    const words = Array.from({ length: 2000 }, (_, at) => `w${at}`).join(' ');
    expect(
      parts(words)
        .map(({ text }) => text)
        .join(' '),
    ).toBe(words);
  });
});
