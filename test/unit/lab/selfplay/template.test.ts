import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { fillTemplate, type Names } from '../../../../src/lab/selfplay/pingpong/template.ts';
import { TemplateError } from '../../../../src/lab/selfplay/pingpong/template-error.ts';

/** Filled by Jinja2 3.1.6 itself. */
const goldens = z
  .array(z.object({ template: z.string(), names: z.custom<Names>(), text: z.string() }))
  .parse(JSON.parse(readFileSync(new URL('templates.json', import.meta.url), 'utf8')));

describe('a template is filled as Jinja fills it', () => {
  test.each(goldens)('$template', ({ template, names, text }) => {
    expect(fillTemplate(template, names)).toBe(text);
  });
});

test.each([
  '{% macro x() %}{% endmacro %}',
  '{{ x | upper }}',
  '{{ x.format(1) }}',
  '{% if x %}never ended',
  '{{- x }}',
  '{{ }}',
  '{% for x of y %}{% endfor %}',
])('what is not read is said, not guessed: %s', (template) => {
  expect(() => fillTemplate(template, { x: 'a' })).toThrow(TemplateError);
});

test('what is filled in is never read as a template', () => {
  expect(fillTemplate('{{x}}', { x: '{{y}}{% if %}', y: 'no' })).toBe('{{y}}{% if %}');
});

test('nothing of an object but its own names is there', () => {
  expect(fillTemplate('{{x.constructor}}|{{toString}}|{{x.length}}', { x: {} })).toBe('||');
});
