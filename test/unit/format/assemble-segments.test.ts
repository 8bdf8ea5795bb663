import { describe, expect, test } from 'vitest';
import { assembleSegments } from '../../../src/format/assemble-segments.ts';
import { joinNeighbours } from '../../../src/format/join-neighbours.ts';

const said = (text: string) => ({ kind: 'speech' as const, text });
const done = (text: string) => ({ kind: 'action' as const, text });

describe('pieces of one kind', () => {
  test.each<[string[], string]>([
    [['Fine.', 'Go.'], 'Fine. Go.'],
    [['Fine', ', go.'], 'Fine, go.'],
    [['你好', '走吧'], '你好走吧'],
    [['Fine.', '你好', '走吧'], 'Fine. 你好走吧'],
    [['Fine.\n', 'Go.'], 'Fine.\nGo.'],
    [['Fine. \n \n', 'Go.'], 'Fine.\nGo.'],
    [['Fine.\n  ', 'Go.'], 'Fine.\nGo.'],
    [['So\nbe it', 'now.'], 'So\nbe it now.'],
    [['Fine.', '\nGo.'], 'Fine.\nGo.'],
    [['Fine.', ' \n Go.'], 'Fine.\nGo.'],
    [['Fine.', 'Go\non.'], 'Fine. Go\non.'],
    [['Fine.', '\n', 'Go.'], 'Fine.\nGo.'],
    [['Fine.', ' ', '**', 'Go.'], 'Fine. Go.'],
  ])('become one text: %j', (texts, text) => {
    expect(assembleSegments(texts.map(said)).segments).toEqual([{ kind: 'speech', text }]);
    expect(assembleSegments([done('\n'), ...texts.map(said)]).segments).toEqual([{ kind: 'speech', text }]);
  });
});

test('pieces of two kinds stay apart, whatever line they stand on', () => {
  const { plan, segments } = assembleSegments([
    said('Fine.\n'),
    done(' nods '),
    { kind: 'plan', text: ' wait ' },
    done('\n'),
    { kind: 'plan', text: ' ' },
    { kind: 'plan', text: 'and see' },
    said('Go.'),
    said('No.'),
  ]);
  expect(plan).toBe('wait\nand see');
  expect(segments).toEqual([said('Fine.'), done('nods'), said('Go. No.')]);
});

test('neighbours are joined, all others left', () => {
  const apart = [said('Fine.'), done('nods'), said('Go.')] as const;
  expect(joinNeighbours(apart)).toEqual(apart);
  expect(joinNeighbours([said('你'), said('好'), said('Go.'), done('nods'), done(', then bows')])).toEqual([
    said('你好 Go.'),
    done('nods, then bows'),
  ]);
});
