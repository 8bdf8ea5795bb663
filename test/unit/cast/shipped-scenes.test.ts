import { describe, expect, test } from 'vitest';
import { namesOf } from '../../../src/cast/name-parts.ts';
import type { SceneScript, ScriptChip, ScriptStep } from '../../../src/cast/scene-script.ts';
import { parseTurn } from '../../../src/format/turn-parser.ts';
import { faultsOf, SHIPPED_CARDS, SHIPPED_SCENES, wordsOf } from './shipped.ts';

test('at least two scenes ship, and the letter is the first', () => {
  expect(SHIPPED_SCENES.length).toBeGreaterThanOrEqual(2);
  expect(SHIPPED_SCENES[0]?.file).toBe('the-letter');
});

describe.each(SHIPPED_SCENES.map(({ file, scene }) => [file, scene] as const))('%s', (file, scene) => {
  const ways = Object.entries(scene.ways);
  const passages = [{ steps: scene.opening, chips: scene.chips }, ...ways.map(([, way]) => way)];
  const turns = passages.flatMap(({ steps }) => steps).filter((step) => 'speaker' in step);

  test('is named like its file, and every secret has an owner', () => {
    expect(scene.id).toBe(file);
    expect(Object.keys(scene.secrets).sort()).toEqual([...scene.cast].sort());
    expect(scene.tagline).not.toBe('');
    expect(scene.player.sheet).not.toBe('');
  });

  test('is long enough for five minutes', () => {
    expect(passages.flatMap(({ steps }) => steps).length).toBeGreaterThanOrEqual(45);
  });

  test('the opening: the Narrator, two voices, a thought, a hook, and three things to do', () => {
    const [first] = scene.opening;
    const voices = scene.opening.flatMap((step) => ('speaker' in step ? [step.speaker] : []));
    expect(first).toHaveProperty('narrator');
    expect(scene.opening.length).toBeLessThanOrEqual(6);
    expect(new Set(voices).size).toBeGreaterThanOrEqual(2);
    expect(scene.opening.at(-1)).toHaveProperty('narrator');
    expect(scene.chips.map((chip) => chip.do).sort()).toEqual(['act', 'say', 'whisper']);
  });

  test('the opening can be read in a quarter of a minute or two', () => {
    const words = scene.opening.reduce((sum, step) => sum + visibleWords(step), 0);
    expect(words).toBeLessThanOrEqual(130);
  });

  test('every turn keeps HER’s rules and begins with its plan', () => {
    const wrong = turns
      .map(({ turn }) => [turn, faultsOf(turn, true)] as const)
      .filter(([, faults]) => faults.length);
    expect(wrong).toEqual([]);
  });

  test('every plan is about the one who plans', () => {
    for (const { speaker, turn } of turns) {
      const names = SHIPPED_CARDS.filter(({ id }) => id === speaker).flatMap(({ character }) =>
        namesOf(character),
      );
      const plan = parseTurn(turn).systemThinking;
      expect(
        names.some((name) => plan.includes(name)),
        plan,
      ).toBe(true);
    }
  });

  test('every turn thinks, and shows something', () => {
    for (const { turn } of turns) {
      const kinds = parseTurn(turn).segments.map((segment) => segment.kind);
      expect(
        kinds.some((kind) => kind !== 'thought'),
        turn,
      ).toBe(true);
    }
    const thinking = turns.filter(({ turn }) => turn.includes('<role_thinking>'));
    expect(thinking.length).toBeGreaterThan(turns.length * 0.95);
  });

  test('nobody speaks twice in a row', () => {
    for (const { steps } of passages) {
      steps.forEach((step, at) => {
        const next = steps[at + 1];
        if ('speaker' in step && next && 'speaker' in next) expect(next.speaker).not.toBe(step.speaker);
      });
    }
  });

  test('the Narrator is brief and plain', () => {
    for (const step of passages.flatMap(({ steps }) => steps)) {
      if (!('narrator' in step)) continue;
      expect(step.narrator).not.toMatch(/[<>*]/);
      expect(step.narrator.split(/\s+/).length).toBeLessThanOrEqual(50);
    }
  });

  test('no way is a dead end, and an ending is one', () => {
    for (const [id, way] of ways) {
      expect(way.chips.length === 0, id).toBe(way.ending || way.aside);
      expect(way.ending && way.aside, id).toBe(false);
    }
  });

  test('every way is reached: by chips, or as an aside by words', () => {
    const reached = new Set<string>();
    const follow = (chips: readonly ScriptChip[]): void => {
      for (const { leads } of chips) {
        if (reached.has(leads)) continue;
        reached.add(leads);
        follow(scene.ways[leads]?.chips ?? []);
      }
    };
    follow(scene.chips);
    const missed = ways.filter(([id, way]) => !reached.has(id) && !way.aside).map(([id]) => id);
    expect(missed).toEqual([]);
    expect(ways.filter(([, way]) => way.aside).length).toBeGreaterThanOrEqual(4);
  });

  test('each way on gives about ten beats before it runs out', () => {
    for (const chip of scene.chips) expect(shortestWay(scene, chip.leads)).toBeGreaterThanOrEqual(9);
  });

  test('chips: at most three, each told apart, a whisper wherever the scene goes on', () => {
    for (const { chips } of passages) {
      expect(chips.length).toBeLessThanOrEqual(3);
      expect(new Set(chips.map((chip) => chip.label)).size).toBe(chips.length);
      for (const chip of chips) expect(chip.to === undefined).toBe(chip.do !== 'whisper');
    }
    const whispers = passages.flatMap(({ chips }) => chips).filter((chip) => chip.do === 'whisper');
    expect(new Set(whispers.map((chip) => chip.to)).size).toBeGreaterThanOrEqual(2);
  });

  test('words that lead are single words, and none is somebody’s name', () => {
    const names = SHIPPED_CARDS.filter((card) => scene.cast.includes(card.id))
      .flatMap(({ character }) => namesOf(character))
      .map((name) => name.toLowerCase());
    for (const [id, way] of ways) {
      expect(way.when.length, id).toBeGreaterThanOrEqual(2);
      for (const word of way.when) {
        expect(word).toMatch(/^[a-z]+$/);
        expect(names.filter((name) => name !== 'doctor')).not.toContain(word);
      }
    }
  });

  test('what was whispered to one is known to no other: only who heard it plans with it', () => {
    for (const { chips } of passages) {
      for (const chip of chips.filter(({ do: how }) => how === 'whisper')) {
        for (const step of scene.ways[chip.leads]?.steps ?? []) {
          if (!('speaker' in step) || step.speaker === chip.to) continue;
          expect(step.turn).not.toMatch(/whisper|has (just )?been told/i);
        }
      }
    }
  });
});

function visibleWords(step: ScriptStep): number {
  if ('narrator' in step) return step.narrator.split(/\s+/).length;
  return wordsOf(parseTurn(step.turn).segments, 'speech', 'action');
}

/** The fewest authored beats from a way to an ending. */
function shortestWay(scene: SceneScript, id: string): number {
  const way = scene.ways[id];
  if (!way) return 0;
  const further = way.chips.map((chip) => shortestWay(scene, chip.leads));
  return way.steps.length + (further.length > 0 ? Math.min(...further) : 0);
}
