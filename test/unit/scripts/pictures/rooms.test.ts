import { expect, test } from 'vitest';
import { layers } from '../../../../scripts/pictures/layers.ts';
import { type Cruise, directArrows, heights, roomOf, roomsIn } from '../../../../scripts/pictures/rooms.ts';
import { drawRooms } from '../../../../scripts/pictures/rooms-picture.ts';

const imports = (source: string, ...targets: string[]) => ({
  source,
  dependencies: targets.map((resolved) => ({ resolved })),
});
const CRUISE: Cruise = {
  modules: [
    imports(
      'src/engine/turn/loop.ts',
      'src/cast/card.ts',
      'src/format/tags.ts',
      'src/words/say.ts',
      'node:fs',
    ),
    imports('src/engine/engine.ts', 'src/engine/turn/loop.ts'),
    imports('src/cast/card.ts', 'src/format/tags.ts'),
    imports('src/format/tags.ts'),
    imports('src/words/say.ts'),
    imports('src/stage/web/socket.ts', 'src/engine/engine.ts', 'commands/say.ts'),
    imports('commands/say.ts', 'src/engine/engine.ts'),
    imports('src/cli.ts', 'src/stage/web/socket.ts'),
  ],
};
const rooms = roomsIn(CRUISE, /^src\/words\//u);

test('a room is a folder of the source; each stage is one, and the commands are', () => {
  expect(
    [
      'src/format/turn-grammar/a.ts',
      'src/stage/web/page/b.ts',
      'commands/c.ts',
      'src/cli.ts',
      'test/d.ts',
    ].map(roomOf),
  ).toEqual(['format', 'stage/web', 'commands', undefined, undefined]);
});

test('files are counted, and arrows are those between rooms, but for what all may import', () => {
  expect(Object.fromEntries(rooms.files)).toEqual({
    engine: 2,
    cast: 1,
    format: 1,
    words: 1,
    'stage/web': 1,
    commands: 1,
  });
  expect([...rooms.arrows].map(([from, to]) => [from, [...to].toSorted()])).toEqual([
    ['engine', ['cast', 'format']],
    ['cast', ['format']],
    ['stage/web', ['commands', 'engine']],
    ['commands', ['engine']],
  ]);
});

test('an arrow that a longer way says already is left out', () => {
  expect(directArrows(rooms)).toEqual([
    ['engine', 'cast'],
    ['cast', 'format'],
    ['stage/web', 'commands'],
    ['commands', 'engine'],
  ]);
});

test('a room stands above all that it imports; a circle does not hang it', () => {
  expect(Object.fromEntries(heights(rooms))).toEqual({
    'stage/web': 4,
    commands: 3,
    engine: 2,
    cast: 1,
    format: 0,
    words: 0,
  });
  const circle = roomsIn(
    { modules: [imports('src/a/x.ts', 'src/b/y.ts'), imports('src/b/y.ts', 'src/a/x.ts')] },
    /^$/u,
  );
  expect([...heights(circle).keys()].toSorted()).toEqual(['a', 'b']);
  expect(directArrows(circle)).toHaveLength(2);
});

test('an arrow over several rows bends in each, and rows are ordered so that arrows do not cross', () => {
  const rowOf = new Map([
    ['a', 0],
    ['b', 0],
    ['c', 1],
    ['d', 1],
    ['e', 2],
  ]);
  const { rows, paths } = layers(rowOf, [
    ['a', 'd'],
    ['b', 'c'],
    ['a', 'e'],
  ]);
  expect(paths).toEqual([
    ['a', 'd'],
    ['b', 'c'],
    ['a', 'a>e@0', 'e'],
  ]);
  const [top = [], middle = []] = rows;
  const isLeft = (row: readonly string[], one: string, other: string) =>
    row.indexOf(one) < row.indexOf(other);
  expect(isLeft(middle, 'd', 'c')).toBe(isLeft(top, 'a', 'b'));
  expect(rows[2]).toEqual(['e']);
});

test('the picture has a box for each room and an arrow for each import that is left', () => {
  const svg = drawRooms(rooms);
  expect(svg.match(/class="room"/gu)).toHaveLength(rooms.files.size);
  expect(svg.match(/class="arrow"/gu)).toHaveLength(4);
  expect(svg).toContain('>stage/web</text>');
  expect(svg).toContain('>2 files</text>');
  expect(svg).not.toMatch(/NaN|undefined|Infinity/u);
  expect(drawRooms(rooms)).toBe(svg);
});
