import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { coserReport } from '../../../../src/lab/report/coser-report.ts';
import { html, prose } from '../../../../src/lab/report/html/html.ts';
import { reportHtml } from '../../../../src/lab/report/html/report-html.ts';
import { hostileReport } from '../../../support/hostile-report.ts';
import { sampleRun } from '../../../support/sample-run.ts';

const { result, transcripts } = sampleRun(25);
const page = reportHtml(coserReport(result, transcripts));

describe('a piece of a page', () => {
  test('takes text as text and pieces as pieces', () => {
    const bold = html`<b>${'<i>'}</b>`;
    const list = [bold, html`${2}`];
    expect(html`<p title="${`"'&`}">${bold} ${list}${undefined}</p>`.markup).toBe(
      '<p title="&quot;&#39;&amp;"><b>&lt;i&gt;</b> <b>&lt;i&gt;</b>\n2</p>',
    );
  });

  test('cuts what nobody reads, between characters', () => {
    const { markup } = html`${`!${'😀'.repeat(5000)}`} ${prose(`!${'😀'.repeat(5000)}`)}`;
    expect(markup.isWellFormed()).toBe(true);
    expect(markup).toContain('(9,701 more characters)');
    expect(markup).toContain('(2,001 more characters)');
    expect(markup.length).toBeLessThan(8500);
  });
});

describe('the page', () => {
  test('allows its own styles, by their hash, and nothing else', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/u.exec(page)?.[1]?.replaceAll('&#39;', "'");
    const style = /<style>([\s\S]*)<\/style>/u.exec(page)?.[1] ?? '';
    const hash = createHash('sha256').update(style).digest('base64');
    expect(policy).toBe(
      `default-src 'none'; style-src 'sha256-${hash}'; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<title>'));
  });

  test('has no script, no style attribute, and no address of anything', () => {
    for (const one of [page, reportHtml(hostileReport())]) {
      const markup = one.replace(/<style>[\s\S]*<\/style>/u, '');
      expect(markup).not.toMatch(/<(?:script|img|iframe|object|embed|form)\b/iu);
      expect(markup).not.toMatch(/<[^>]*\s(?:style|on\w+)=/iu);
      const addresses = [...markup.matchAll(/\s(?:href|src)="([^"]*)"/gu)].map(([, address = '']) => address);
      expect(addresses.filter((address) => !/^(?:#[\w-]+|data:image\/svg)/u.test(address))).toEqual([]);
    }
  });

  test('names the judge and its prompt beside every score that was judged', () => {
    const tables = page.split('<table class="scores">').slice(1);
    expect(tables).toHaveLength(3);
    const named = tables.map((table) => table.slice(0, table.indexOf('</caption>')).includes('9a3be07c41f2'));
    expect(named).toEqual([true, true, false]);
    const hero = page.slice(page.indexOf('class="hero"'), page.indexOf('class="remarks"'));
    expect(hero.match(/9a3be07c41f2/gu)).toHaveLength(2);
  });

  test('says what a number is not before any table', () => {
    expect(page.indexOf('do not compare with published ones')).toBeGreaterThan(0);
    expect(page.indexOf('do not compare with published ones')).toBeLessThan(page.indexOf('<table'));
  });

  test('of 200 scenes stays below 4 MB, and long lines do not grow it', () => {
    const whole = sampleRun(200);
    expect(reportHtml(coserReport(whole.result, whole.transcripts)).length).toBeLessThan(4e6);
    expect(reportHtml(hostileReport()).length).toBeLessThan(200_000);
  });

  test('of nothing at all is still a page', () => {
    const none = {
      title: 't',
      about: '',
      remarks: [],
      scores: [],
      flaws: [],
      facts: [],
      roles: [],
      cases: [],
    };
    expect(reportHtml(none)).toContain('<h1 dir="auto">t</h1>');
  });
});
