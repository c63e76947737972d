import { expect, test } from 'vitest';
import { enUS } from '../../../ivr/prompts/en-US.ts';
import { promptSetOf, speak } from '../../../ivr/prompts/speak.ts';
import { renderAnswer } from '../../../ivr/twiml/render-answer.ts';
import { createIvrUrls } from '../../../ivr/urls.ts';

const urls = createIvrUrls('https://x.example.com', { part: () => 'secret', clip: () => 'secret' });
const to = { set: enUS, urls, address: { callId: 'c', step: 4 } };
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
    'maxLength="3600"',
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

test.each([
  [1, '1 second'],
  [0.2, '1 second'],
  [59, '59 seconds'],
  [60, '1 minute'],
  [61, '1 minute and 1 second'],
  [125, '2 minutes and 5 seconds'],
  [600, '10 minutes'],
  [629, '10 minutes'],
  [3599, '60 minutes'],
])('%d seconds are spoken as %s', (seconds, words) => {
  expect(speak(enUS, { say: 'saved', values: { seconds } })).toBe(
    `Thank you. Your report is on its way. It is ${words} long.`,
  );
});

test('digits are read one by one', () => {
  expect(speak(enUS, { say: 'reference', values: { reference: '1234567' } })).toBe(
    'Its reference is 1, 2, 3, 4, 5, 6, 7.',
  );
});

test('a language without texts is spoken in English', () => {
  expect(promptSetOf('fr-FR')).toBe(enUS);
});
