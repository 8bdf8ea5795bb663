import { describe, expect, test } from 'vitest';
import { withCue } from '../../../src/format/action-cue.ts';
import type { VisibleSegment } from '../../../src/format/segments.ts';

const NAMES = [
  { name: 'nod' },
  { name: 'wave' },
  { name: 'draw_sword', means: 'pulls out her blade, bares steel' },
  { name: 'sit', means: 'sits down, takes a seat' },
  { name: 'sit.angry', means: 'drops into a chair' },
];

function cued(text: string): [string | undefined, string] {
  const action: VisibleSegment = { kind: 'action', text };
  const { cue, text: left } = withCue(action, NAMES);
  return [cue, left];
}

describe('an action', () => {
  test.each([
    ['nod: nods slowly', 'nod', 'nods slowly'],
    ['NOD ： nods slowly', 'nod', 'nods slowly'],
    ['draw_sword:draws', 'draw_sword', 'draws'],
    ['sit.angry: kicks the chair', 'sit.angry', 'kicks the chair'],
    ['wave:', 'wave', 'wave'],
    ['draw_sword: ', 'draw_sword', 'pulls out her blade, bares steel'],
  ])('begins with the name of one: %s', (text, cue, left) => {
    expect(cued(text)).toEqual([cue, left]);
  });

  test.each([
    ['nods', 'nod'],
    ['a slow nod', 'nod'],
    ['nodding, she looks up', 'nod'],
    ['waves from the door', 'wave'],
    ['waving', 'wave'],
    ['draws her sword', 'draw_sword'],
    ['pulls out a blade, not her own: her blade it is', 'draw_sword'],
    ['bares steel', 'draw_sword'],
    ['takes a seat', 'sit'],
  ])('has all words of one in it: %s', (text, cue) => {
    expect(cued(text)).toEqual([cue, text]);
  });

  test('that fits several is the one with most words, then the first that is told', () => {
    expect(cued('nods and draws her sword')[0]).toBe('draw_sword');
    expect(cued('waves and nods')[0]).toBe('wave');
    expect(cued('nods and waves')[0]).toBe('nod');
  });

  test.each(['looks up', 'draws water', 'a node of iron', 'wavers', ''])('is none of them: %j', (text) => {
    expect(cued(text)).toEqual([undefined, text]);
  });
});

test('speech and thoughts are no actions, and without names nothing changes', () => {
  const said = { kind: 'speech', text: 'nod: I nod.' } as const;
  const thought = { kind: 'thought', text: 'nod: I nod.' } as const;
  const action = { kind: 'action', text: 'nod: nods' } as const;
  expect(withCue(said, NAMES)).toBe(said);
  expect(withCue(thought, NAMES)).toBe(thought);
  expect(withCue(action, [])).toBe(action);
});
