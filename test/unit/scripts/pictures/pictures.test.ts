import { readFileSync } from 'node:fs';
import { Parser } from 'htmlparser2';
import { expect, test } from 'vitest';
import { drawLaw } from '../../../../scripts/pictures/law-picture.ts';
import { drawScene, type PlayedBeat } from '../../../../scripts/pictures/scene-picture.ts';
import { element, text, wrap } from '../../../../scripts/pictures/svg.ts';

/** The texts of a picture, in their order; fails where it is no XML whose elements all end. */
function textsIn(svg: string): string[] {
  const open: string[] = [];
  const texts: string[] = [];
  const parser = new Parser(
    {
      onopentag(name) {
        open.push(name);
        if (name === 'text') texts.push('');
      },
      // Comes in pieces.
      ontext(words) {
        if (open.at(-1) === 'text') texts.push(`${texts.pop()}${words}`);
      },
      onclosetag(name) {
        if (open.pop() !== name) throw new Error(`${name} ends where it did not begin`);
      },
    },
    { xmlMode: true, decodeEntities: true },
  );
  parser.end(svg);
  expect(open).toEqual([]);
  return texts;
}

const BEATS: PlayedBeat[] = [
  { beat: 3, kind: 'narration', speaker: 'Narrator', segments: [{ kind: 'action', text: 'Rain.' }] },
  {
    beat: 4,
    kind: 'line',
    speaker: 'Mr. Darcy',
    segments: [
      { kind: 'action', text: 'counts the pages' },
      { kind: 'speech', text: 'Is it <warm> & "dry"?' },
    ],
    hidden: { thoughts: ['Four. I wrote five.'] },
  },
  {
    beat: 5,
    kind: 'line',
    speaker: 'Elizabeth Bennet',
    segments: [{ kind: 'speech', text: 'Not at all, sir.' }],
    hidden: { thoughts: ['SECRET'] },
  },
];

test('a scene is drawn line by line; thoughts are in it only where they are opened', () => {
  const svg = drawScene('The Letter', BEATS, new Set([4]));
  expect(textsIn(svg)).toEqual([
    '# The Letter',
    'Rain.',
    'D',
    'Mr. Darcy',
    'counts the pages',
    'Is it <warm> & "dry"?',
    'Four. I wrote five.',
    'E',
    'Elizabeth Bennet',
    'Not at all, sir.',
  ]);
  expect(svg).not.toContain('SECRET');
  expect(svg).toContain('prefers-reduced-motion');
});

test('a longer scene is a higher picture, and a long line is broken', () => {
  const heightOf = (svg: string) => Number(/height="(\d+)"/u.exec(svg)?.[1]);
  const long: PlayedBeat = {
    beat: 6,
    kind: 'line',
    speaker: 'Ada',
    segments: [{ kind: 'speech', text: 'word '.repeat(60).trim() }],
  };
  const [short, higher] = [drawScene('A', BEATS, new Set()), drawScene('A', [...BEATS, long], new Set())];
  expect(heightOf(higher)).toBeGreaterThan(heightOf(short));
  expect(textsIn(higher).every((words) => words.length <= 80)).toBe(true);
});

test('words are broken between words, and what is longer than a line stands alone', () => {
  expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  expect(wrap('unbreakable', 4)).toEqual(['unbreakable']);
  expect(wrap('', 4)).toEqual([]);
});

test('attributes and texts are escaped', () => {
  expect(element('a', { href: '"<&', none: undefined, x: 1.26 })).toBe('<a href="&quot;&lt;&amp;" x="1.3"/>');
  expect(text(1, 2, '</text>')).toBe('<text x="1" y="2">&lt;/text></text>');
});

test('the law: the plan is seen by one, thoughts by three, the rest by all', () => {
  const svg = drawLaw();
  expect(svg.match(/class="yes"/gu)).toHaveLength(1 + 3 + 4 + 4);
  expect(svg.match(/class="no"/gu)).toHaveLength(3 + 1);
  expect(textsIn(svg)).toEqual(
    expect.arrayContaining(['system thinking', 'role thinking', 'action', 'speech']),
  );
});

test.each(['scene', 'rooms', 'one-law'])('the picture %s in docs is one', (name) => {
  const svg = readFileSync(new URL(`../../../../docs/pictures/${name}.svg`, import.meta.url), 'utf8');
  expect(textsIn(svg).length).toBeGreaterThan(8);
  expect(svg).not.toMatch(/<script|https?:\/\/(?!www\.w3\.org\/2000\/svg)/u);
});
