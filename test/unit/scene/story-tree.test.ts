import { describe, expect, test } from 'vitest';
import { pathTo, storyTree } from '../../../src/scene/story-tree.ts';
import { ada, bo, pia, says, told, writtenLog } from './written-log.ts';

/** `n<parent`, with a star where it is part of the story now. */
function shape(tree: ReturnType<typeof storyTree>): string[] {
  return tree.moments.map(({ beat, parent, now }) => `${beat.n}<${parent ?? ''}${now ? '*' : ''}`);
}

describe('the story as a tree', () => {
  test('what is said follows what was said before; bookkeeping is no moment', () => {
    const tree = storyTree(
      writtenLog(says(pia, 'Hello.'), { kind: 'grant', turns: 2 }, says(ada, '(hm)Good day.')),
    );
    expect(shape(tree)).toEqual(['1<*', '3<1*']);
    expect(JSON.stringify(tree)).not.toContain('hm');
  });

  test('a rewind leaves a branch behind, and another one the branch of a branch', () => {
    const tree = storyTree(
      writtenLog(
        says(pia, 'One.'),
        says(ada, 'Two.'),
        says(bo, 'Three.'),
        { kind: 'rewind', to: 1 },
        says(ada, 'Other two.'),
        says(bo, 'Other three.'),
        { kind: 'rewind', to: 5 },
        says(bo, 'Third three.'),
      ),
    );
    expect(shape(tree)).toEqual(['1<*', '2<1', '3<2', '5<1*', '6<5', '8<5*']);
    expect(told(pathTo(tree, 3))).toEqual(['1 One.', '2 Two.', '3 Three.']);
    expect(told(pathTo(tree, 8))).toEqual(['1 One.', '5 Other two.', '8 Third three.']);
    expect([0, 1, 3, 4, 5, 7].map(tree.tipAt)).toEqual([undefined, 1, 3, 1, 5, 5]);
  });

  test('back to the very beginning, another story starts beside the first', () => {
    const tree = storyTree(writtenLog(says(pia, 'One.'), { kind: 'rewind', to: 0 }, says(pia, 'Anew.')));
    expect(shape(tree)).toEqual(['1<', '3<*']);
  });

  test('versions of a line are one moment; one of them stands', () => {
    const log = writtenLog(
      says(pia, 'One.'),
      says(ada, 'Two.'),
      says(ada, 'Two anew.', { alternativeTo: 2 }),
      { kind: 'choose', of: 2, pick: 3 },
      says(bo, 'Three.'),
    );
    const tree = storyTree(log);
    expect(shape(tree)).toEqual(['1<*', '2<1*', '5<2*']);
    expect(tree.moments[1]?.versions.map(({ beat, stands }) => [beat.n, stands])).toEqual([
      [2, false],
      [3, true],
    ]);
    expect(told(pathTo(tree, 5))).toEqual(['1 One.', '2 Two anew.', '5 Three.']);
    expect(told(pathTo(tree, 2))).toEqual(['1 One.', '2 Two.']);
    expect(told(pathTo(tree, 3))).toEqual(['1 One.', '2 Two anew.']);
  });

  test('a choice that was rewound is open again', () => {
    const tree = storyTree(
      writtenLog(
        says(ada, 'One.'),
        { kind: 'grant', turns: 1 },
        says(ada, 'One anew.', { alternativeTo: 1 }),
        { kind: 'choose', of: 1, pick: 3 },
        { kind: 'rewind', to: 2 },
      ),
    );
    expect(tree.moments[0]?.beat.segments).toEqual([{ kind: 'speech', text: 'One.' }]);
  });

  test('an edit reads as it does now; what was taken back is gone, and what followed it follows what came before', () => {
    const tree = storyTree(
      writtenLog(
        says(pia, 'One.'),
        says(ada, 'Two.'),
        says(bo, 'Three.'),
        { kind: 'amend', of: 3, segments: [{ kind: 'speech', text: 'Third.' }] },
        { kind: 'retract', of: 2 },
      ),
    );
    expect(shape(tree)).toEqual(['1<*', '3<1*']);
    expect(told(pathTo(tree, 3))).toEqual(['1 One.', '3 Third.']);
    expect(tree.tipAt(2)).toBe(1);
  });

  test('of a number that is no moment there is no way', () => {
    expect(pathTo(storyTree(writtenLog(says(pia, 'One.'))), 7)).toEqual([]);
  });
});
