import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHtml, isFormatted, toHtml } from '../../../../crm-sync/connectors/hubspot/rich-text.ts';
import { sameValue } from '../../../../crm-sync/connectors/same-value.ts';

describe('rich text', () => {
  test.each([
    ['one line', 'one line'],
    ['two\nlines\n\nand a gap', 'two<br>lines<br><br>and a gap'],
    ['<b>5 < 6 & "7"</b>', '&lt;b&gt;5 &lt; 6 &amp; &quot;7&quot;&lt;/b&gt;'],
    ['a  b', 'a &nbsp;b'],
    [
      'See https://x.example/reports/1#unit-2.',
      'See <a href="https://x.example/reports/1#unit-2">https://x.example/reports/1#unit-2</a>.',
    ],
    [
      'http://x.example/?a=1&b="2"',
      '<a href="http://x.example/?a=1&amp;b=">http://x.example/?a=1&amp;b=</a>&quot;2&quot;',
    ],
    ['javascript:alert(1)', 'javascript:alert(1)'],
  ])('%j is written as %j', (text, html) => {
    expect(toHtml(text)).toBe(html);
    expect(fromHtml(html)).toBe(text);
  });

  test.each([
    [
      '<div style="" dir="auto" data-top-level="true"><p style="margin:0;">a</p><p><br></p><p>b</p></div>',
      'a\n\nb',
    ],
    ['<p>a<br></p><p>b</p>', 'a\nb'],
    ['<p>a</p>\n<p>b</p>\n', 'a\nb'],
    ['<ul><li>one</li><li><p>two</p></li></ul>after', '• one\n• two\nafter'],
    ['<h2>Title</h2>text<br/>more', 'Title\ntext\nmore'],
    ['a&nbsp;b &ldquo;c&rdquo; &#8364; &#x41; &unknown; &', 'a b “c” € A &unknown; &'],
    ['<script>alert("<p>")</script><style>p{}</style><!-- <p>no</p> -->yes', 'yes'],
    ['<a href="a > b" title=\'x\'>there</a>, 3 < 4', 'there, 3 < 4'],
    ['a <b> bold </b> c', 'a bold c'],
    ['', ''],
  ])('%j is read as %j', (html, text) => {
    expect(fromHtml(html)).toBe(text);
  });

  test('whatever is written comes back the same, also from paragraphs of an editor', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('\n', '  ', '<br>', '&amp;', '&#65;', '</p>', 'https://a.example/?b=<c>&d', '\t', '•'),
    );
    // A no-break space is shown as a space and read as one; a wide one stands for a tab.
    const text = fc
      .array(piece, { maxLength: 12 })
      .map((pieces) => pieces.join('').replace(/[\u00a0\u2003]/g, ' '));
    fc.assert(
      fc.property(text, (written) => {
        const html = toHtml(written);
        expect(sameValue(fromHtml(html), written)).toBe(true);
        const edited = html.split('<br>').map((line) => `<p>${line === '' ? '<br>' : line}</p>`);
        expect(sameValue(fromHtml(`<div>${edited.join('')}</div>`), written)).toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test.each([
    ['<div style="" dir="auto" data-top-level="true"><p style="margin:0;">plain</p></div>', false],
    [toHtml('See https://x.example/?a=1&b=2 <b>now</b>'), false],
    ['<p><a href="https://x.example" target="_blank" rel="noopener">https://x.example</a></p>', false],
    ['<p>so <strong>late</strong></p>', true],
    ['<p><a href="https://x.example">here</a></p>', true],
    ['<ul><li>one</li></ul>', true],
    ['<p><span style="color: red;">late</span></p>', true],
    ['<p>ask <span data-type="mention" data-owner-id="7">@Ann</span></p>', true],
  ])('%j is formatted: %s', (html, formatted) => {
    expect(isFormatted(html)).toBe(formatted);
  });

  test('any text at all can be read, in a time that grows with its length', () => {
    fc.assert(
      fc.property(fc.string(), (html) => {
        expect(typeof fromHtml(html)).toBe('string');
      }),
      { numRuns: 200 },
    );
    expect(fromHtml('<a "'.repeat(2_000))).toContain('<a "');
  });
});
