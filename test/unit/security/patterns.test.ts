import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { analyse } from 'scslre';
import ts from 'typescript';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** What the analysis takes for slow and is not, with the reason. */
const FINE: Readonly<Record<string, string>> = {
  'src/format/bare-text.ts':
    'it cannot fail: what is repeated ends at a line’s end or at the end of all, and one of them is always there',
};

type Pattern = { readonly source: string; readonly flags: string };

function patternsIn(path: string, text: string): Pattern[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Pattern[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isRegularExpressionLiteral(node)) {
      const end = node.text.lastIndexOf('/');
      found.push({ source: node.text.slice(1, end), flags: node.text.slice(end + 1) });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Whether some text makes it try each way to split it, of which there are twice as many with every letter. */
function isExponential(pattern: Pattern): boolean {
  return analyse(pattern, { reportTypes: { Move: false } }).reports.some(({ exponential }) => exponential);
}

test('the analysis sees what it is to see', () => {
  expect(isExponential({ source: '^(a+)+b', flags: '' })).toBe(true);
  expect(isExponential({ source: '^(?:\\s*\\n)*id:', flags: 'u' })).toBe(true);
  expect(isExponential({ source: '^(?:[^\\S\\n]*\\n)*id:', flags: 'u' })).toBe(false);
});

test('no pattern of ours can be made to take for ever', () => {
  const slow: string[] = [];
  let seen = 0;
  for (const folder of ['src', 'commands']) {
    for (const name of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      if (!name.endsWith('.ts')) continue;
      const path = `${folder}/${name.replaceAll('\\', '/')}`;
      for (const pattern of patternsIn(path, readFileSync(join(root, path), 'utf8'))) {
        seen += 1;
        if (isExponential(pattern)) slow.push(path);
      }
    }
  }
  expect(seen).toBeGreaterThan(500);
  expect(slow).toEqual(Object.keys(FINE));
});
