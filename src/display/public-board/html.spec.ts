import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { html } from './html.js';

describe('html', () => {
  it.each([
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['"><img src=x onerror=alert(1)>', '&quot;&gt;&lt;img src=x onerror=alert(1)&gt;'],
    ["' onmouseover='alert(1)", '&#39; onmouseover=&#39;alert(1)'],
    ['&lt;b&gt;', '&amp;lt;b&amp;gt;'],
    ['</title><style>*{}', '&lt;/title&gt;&lt;style&gt;*{}'],
    ['$& $1 ${name}', '$&amp; $1 ${name}'],
    ['卸巷社区', '卸巷社区'],
  ])('escapes %j', (name, escaped) => {
    expect(html`<p title="${name}">${name}</p>`.text).toBe(`<p title="${escaped}">${escaped}</p>`);
  });

  it('puts pieces, lists, numbers and nothing together', () => {
    const items = ['a', '<'].map((text) => html`<li>${text}</li>`);
    const list = html`<ul>
      ${items}
    </ul>`;
    expect(html`${list}${0}${null}${['&', html`<b>!</b>`]}`.text).toBe(
      '<ul>\n<li>a</li><li>&lt;</li>\n</ul>0&amp;<b>!</b>',
    );
    expect(html`<p>${'two\n  lines'}</p>`.text).toBe('<p>two\n  lines</p>');
  });

  it('never lets a text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(html`${text}`.text).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/);
      }),
    );
  });
});
