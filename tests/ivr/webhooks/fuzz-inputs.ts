import type { Random } from '../faults/random.ts';

/** Names of parameters: those that we go by, others that the carrier sends, and some that nobody does. */
const NAMES = [
  'CallSid',
  'CallStatus',
  'From',
  'To',
  'Digits',
  'RecordingSid',
  'RecordingUrl',
  'RecordingDuration',
  'RecordingStatus',
  'SpeechResult',
  'Confidence',
  'StirVerstat',
  'ErrorUrl',
  'ErrorCode',
  'Caller',
  'Called',
  'CallerName',
  'CallDuration',
  'FinishedOnKey',
  'Language',
  'msg',
  'AccountSid',
  'Direction',
  '__proto__',
  'constructor',
  'a[b][]',
  '',
  '\0',
  'n'.repeat(3000),
];

const VALUES = [
  '',
  ' ',
  'x'.repeat(5000),
  '7'.repeat(5000),
  '☎️ Ünïcødé \u202Eback\u202C 𝒳',
  '<Response><Hangup/></Response>',
  ']]><!-- & &amp; &#0; "\'',
  '\0',
  'a\0b',
  '\u0001\u0008\u001B\u007F\u0085',
  '\uFFFE\uFFFF\uFEFF',
  "'; drop table call; --",
  '{{x}} {x} %s $x',
  '-1',
  '1e999',
  '99999999999999999999',
  '2147483648',
  '999999',
  'NaN',
  '0x10',
  '١٢٣',
  '1.5',
  'null',
  '[object Object]',
  '{"a":1}',
  'hangup',
  '#',
  '*',
  '0',
  '1',
  '9',
  '**1*#',
  'completed',
  'absent',
  'failed',
  'in-progress',
  'RE1',
  'RE\0',
  '+15550199999',
  'sip:anonymous@anonymous.invalid',
  'http://127.0.0.1/',
  'https://phone.example.com/ivr/answer',
  'https://phone.example.com/ivr/calls/x/steps/1',
  'https://phone.example.com/ivr/calls/01900000-0000-7000-8000-000000000000/steps/999999999999',
  'https://api.twilio.com/../../%00/x?y=%ff',
  'javascript:alert(1)',
];

/** Encoded as no form would encode them: broken escapes, a lone surrogate, bytes that are no UTF-8. */
const RAW = ['%', '%zz', '%ED%A0%80', '%FF%FE', '%00', '+', '%2B', 'a=b=c', '&&', '&=&', ';'];

const QUERIES = [
  'recording=x',
  'recording=01900000-0000-7000-8000-000000000000',
  'recording=01900000-0000-7000-8000-000000000000&nothing=1',
  'recording=01900000-0000-7000-8000-000000000000&recording=2',
  'nothing=1',
  'nothing=1&nothing=2',
  'resume=1',
  'resume=2',
  'resume=-1',
  'resume=999999999999',
  'resume=x',
  'resume=%00',
  'pin=1',
  'pin=%00',
  'attempt=1',
  'attempt=3',
  'attempt=4',
  'attempt=1e1',
  'attempt=x',
  'token=x',
  'x=%00&y=%FF',
  '__proto__=1',
  '&&&=',
  'q'.repeat(4000),
];

const encode = encodeURIComponent;

export interface FuzzedForm {
  body: string;
  contentType?: string;
  query?: string;
}

/** A form that was right, with one to three things changed. */
export function fuzzForm(form: Readonly<Record<string, string>>, random: Random): FuzzedForm {
  const pairs = Object.entries(form).map(([name, value]) => `${encode(name)}=${encode(value)}`);
  const fuzzed: FuzzedForm = { body: '' };
  for (let change = random.between(1, 3); change > 0; change -= 1) {
    const name = random.pick(NAMES);
    const value = random.chance(0.2) ? random.pick(RAW) : encode(random.pick(VALUES));
    const at = pairs.findIndex((pair) => pair.startsWith(`${encode(name)}=`));
    switch (random.between(1, 12)) {
      case 1:
        if (at >= 0) pairs.splice(at, 1);
        break;
      case 2:
        pairs.push(`${encode(name)}=${value}`, `${encode(name)}=${encode(random.pick(VALUES))}`);
        break;
      case 3:
        pairs.push(random.pick(RAW));
        break;
      case 4:
        fuzzed.query = random.pick(QUERIES);
        break;
      case 5:
        if (random.chance(0.2)) pairs.push(`Long=${'y'.repeat(random.pick([9_000, 20_000, 1_200_000]))}`);
        break;
      case 6:
        if (random.chance(0.3)) {
          fuzzed.contentType = random.pick([
            'application/json',
            'text/plain',
            'multipart/form-data',
            'x',
            '',
          ]);
        }
        break;
      default:
        if (at >= 0) pairs[at] = `${encode(name)}=${value}`;
        else pairs.push(`${encode(name)}=${value}`);
    }
  }
  return { ...fuzzed, body: pairs.join('&') };
}

/** Addresses beside those that we give out. */
export function oddPaths(callId: string): string[] {
  const step = `/ivr/calls/${callId}/steps`;
  const unknown = '01900000-0000-7000-8000-000000000000';
  return [
    ...['0', '-1', '1e3', '1.5', 'x', '%00', '2147483647', '2147483648', '99999999999999999999', ''].map(
      (number) => `${step}/${number}`,
    ),
    `/ivr/calls/${unknown}/steps/1`,
    '/ivr/calls/%00/steps/1',
    '/ivr/calls/%F0%28%8C%28/steps/1',
    `/ivr/recordings/${unknown}`,
    '/ivr/recordings/x',
    '/ivr/recordings/%00',
    `/ivr/parts/${unknown}`,
    `/ivr/clips/${unknown}/0-99999999999999999999?token=x`,
    `/ivr/clips/${unknown}/5-1?token=%00`,
    '/ivr/prompts/x',
    '/ivr/prompts/%00',
    `/ivr/prompts/${unknown}`,
    '/ivr/',
    '/ivr/answer/',
    '/ivr//answer',
    `/ivr/${'a'.repeat(3000)}`,
  ];
}
