import { describe, expect, test } from 'vitest';
import { beatSchema } from '../../../src/scene/beat.ts';
import {
  isMarkedDiscord,
  mayTrain,
  ORIGIN_MARK,
  originOf,
  originOfKeepsake,
} from '../../../src/scene/origin.ts';

describe('what may train a model', () => {
  test.each([
    [['local'], true, 'local'],
    [['lab'], true, 'lab'],
    [['local', 'lab'], true, 'local'],
    [['local', 'discord'], false, 'discord'],
    [['local', undefined], false, 'discord'],
    [[], false, 'discord'],
  ] as const)('%j', (origins, may, origin) => {
    expect(mayTrain(origins)).toBe(may);
    expect(originOf(origins)).toBe(origin);
  });

  test('a beat whose origin is missing or unknown counts as Discord’s', () => {
    const beat = { n: 1, at: 1, witnesses: [], kind: 'setting', text: 'A quay.' };
    expect(beatSchema.parse(beat).origin).toBe('discord');
    expect(beatSchema.parse({ ...beat, origin: 'elsewhere' }).origin).toBe('discord');
    expect(beatSchema.parse({ ...beat, origin: 'lab' }).origin).toBe('lab');
  });
});

describe('the mark of a keepsake', () => {
  test.each([
    ['a comment', `<!-- ${ORIGIN_MARK}: discord -->\n# A scene`, true],
    ['a meta tag', `<meta name="${ORIGIN_MARK}" content="discord">`, true],
    ['a meta tag, turned around', `<meta content="local" name="${ORIGIN_MARK}">`, true],
    ['an unknown origin', `<!-- ${ORIGIN_MARK}: elsewhere -->`, true],
    ['a mark that was put after another', `${ORIGIN_MARK}: local ${ORIGIN_MARK}: discord`, true],
    ['one that begins like another', `${ORIGIN_MARK}: localish`, true],
    ['a name that goes on', `${ORIGIN_MARK}-of: local`, true],
    ['a meta tag that says nothing', `<meta name="${ORIGIN_MARK}" content>`, true],
    ['a meta tag of a local scene', `<meta name="${ORIGIN_MARK}" content="local">`, false],
    ['the same with blanks', `<meta name='${ORIGIN_MARK}' content = 'local'>`, false],
    ['a mark without blanks', `<!--${ORIGIN_MARK}:local-->`, false],
    ['a local scene', `<!-- ${ORIGIN_MARK}: local -->`, false],
    ['a scene of the lab, in JSON', `{"${ORIGIN_MARK}": "lab"}`, false],
    ['a text of one’s own', 'It was a dark and stormy night.', false],
  ])('%s', (_what, text, marked) => {
    expect(isMarkedDiscord(text)).toBe(marked);
    if (marked) expect(originOfKeepsake(text)).toBe('discord');
  });

  test('without one a keepsake counts as Discord’s', () => {
    expect(originOfKeepsake('# A scene')).toBe('discord');
    expect(originOfKeepsake(`<!-- ${ORIGIN_MARK}: local -->`)).toBe('local');
  });
});
