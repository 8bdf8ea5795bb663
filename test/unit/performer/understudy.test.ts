import { describe, expect, test } from 'vitest';
import { leadLine } from '../../../src/performer/understudy/lead-line.ts';
import { pickLine } from '../../../src/performer/understudy/pick-line.ts';
import {
  chipsAt,
  leadTo,
  nextStep,
  readCue,
  writeCue,
} from '../../../src/performer/understudy/script-place.ts';
import { understudyTurn } from '../../../src/performer/understudy/understudy.ts';
import { createView } from '../../../src/scene/view.ts';
import { HARBOUR, smallCharacter } from '../../support/small-library.ts';

const tom = smallCharacter('tom', 'Tom Reddick');
const nobody = () => createView({ type: 'character', id: 'character:tom' });

function play(cue: string | undefined, steps: number): string | undefined {
  let at = cue;
  for (let step = 0; step < steps; step += 1) at = nextStep(HARBOUR, at)?.cue;
  return at;
}

describe('a place in a script', () => {
  test('is written and read back, asides within asides too', () => {
    const place = { way: 'b', played: 2, back: { way: 'a', played: 1, back: { way: 'opening', played: 3 } } };
    expect(readCue(writeCue(place))).toEqual(place);
    expect(readCue(undefined)).toEqual({ way: 'opening', played: 0 });
  });

  test('runs through the opening and then offers its chips', () => {
    expect(chipsAt(HARBOUR, play(undefined, 2))).toEqual([]);
    const end = play(undefined, 3);
    expect(nextStep(HARBOUR, end)).toBeUndefined();
    expect(chipsAt(HARBOUR, end).map((chip) => chip.leads)).toEqual(['boat', 'bribe']);
  });

  test('comes back from an aside to the chips that stood before', () => {
    const ways = {
      ...HARBOUR.ways,
      rain: { ...HARBOUR.ways['boat'], aside: true, ending: false, when: ['rain'] },
    };
    const script = { ...HARBOUR, ways: ways as typeof HARBOUR.ways };
    const hook = play(undefined, 3);
    const aside = leadTo(script, 'rain', hook);
    const first = nextStep(script, aside);
    const second = nextStep(script, first?.cue);
    expect(chipsAt(script, first?.cue)).toEqual([]);
    expect(chipsAt(script, second?.cue).map((chip) => chip.leads)).toEqual(['boat', 'bribe']);
  });
});

describe('what a player’s line leads to', () => {
  const hook = play(undefined, 3);
  test.each([
    ['Is there a boat tonight?', undefined, 'boat/0'],
    ['Ask for the boat', undefined, 'boat/0'],
    ['How do we cross?', undefined, 'boat/0'],
    ['I would pay you well, Tom', undefined, undefined],
    ['I will pay', ['tom'], 'bribe/0'],
    ['I will pay', ['wenna'], undefined],
    ['What a lovely evening', undefined, undefined],
  ])('%j whispered to %j leads to %j', (text, whisperedTo, cue) => {
    const move = { text, ...(whisperedTo ? { whisperedTo } : {}) };
    expect(leadLine(HARBOUR, hook, move, new Set())).toBe(cue);
  });
});

describe('a line of the card', () => {
  test('is the one whose cue was asked, word for word', () => {
    const character = { ...tom, exampleCues: ['Who are you?', 'What is that?', ''] };
    expect(pickLine(character, nobody(), 'Tom, good evening. Who are you?', true, 1, 1).text).toBe(
      tom.examples[0],
    );
  });

  test('is the one that speaks of the same things', () => {
    expect(pickLine(tom, nobody(), 'Will this rope hold?', true, 1, 1).text).toContain('Rope is rope');
  });

  test('is not said twice in a row', () => {
    const view = createView({ type: 'character', id: 'character:tom' });
    const said = pickLine(tom, view, 'Will this rope hold?', true, 1, 1);
    view.add({
      n: 1,
      at: 0,
      origin: 'local',
      witnesses: ['character:tom'],
      kind: 'line',
      speaker: { id: 'character:tom', name: 'Tom Reddick' },
      turn: 't',
      segments: [
        { kind: 'action', text: 'shrugs' },
        { kind: 'speech', text: 'Rope is rope. It holds or it does not.' },
      ],
    });
    expect(pickLine(tom, view, 'Will this rope hold?', true, 1, 2).text).not.toBe(said.text);
  });

  test('comes in full HER format, with a plan that says that it is read and a thought of the card’s nature', () => {
    const view = createView({ type: 'character', id: 'character:tom' });
    const text = understudyTurn({ character: tom, view, seed: 1, beats: 4, user: 'Mara' });
    expect(text).toMatch(
      /^<system_thinking>Read from a script.*<\/system_thinking><role_thinking>.+<\/role_thinking>/s,
    );
  });

  test('stands even for a card without lines of its own', () => {
    const bare = { ...tom, examples: [], declines: [], personality: '' };
    const text = understudyTurn({ character: bare, view: nobody(), seed: 1, beats: 4, user: 'Mara' });
    expect(text).toMatch(/<role_action>/);
  });
});
