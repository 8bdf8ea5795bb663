import { isBend, layers } from './layers.ts';
import { directArrows, heights, type Rooms } from './rooms.ts';
import { element, FONT, picture, text } from './svg.ts';

const WIDTH = 940;
const ROW = 96;
const BOX = { width: 124, height: 44 };
const MARGIN = 40;

const STYLE = [
  `text{${FONT};font-size:14px;text-anchor:middle;fill:#1f2328}.files{font-size:11px;fill:#59636e}`,
  '.ground{fill:#ffffff}.room{fill:#ddf4ff;stroke:#0969da}.arrow{fill:none;stroke:#8c959f;stroke-width:1.3}',
  '.tip{fill:#8c959f}',
].join('');

/** Puts all the others together: its arrows would go to every box. */
const WIRING = 'cli';

/** The rooms of the source, those that import nothing at the bottom; an arrow goes from a room to what it imports. */
export function drawRooms(rooms: Rooms): string {
  const height = heights(rooms);
  const top = Math.max(...height.values());
  const rowOf = new Map([...height].map(([room, above]) => [room, top - above]));
  const arrows = directArrows(rooms).filter(([from]) => from !== WIRING);
  const { rows, paths } = layers(rowOf, arrows);
  const places = placesOf(rows);
  const bottom = MARGIN + top * ROW + BOX.height + MARGIN;
  return picture({
    width: WIDTH,
    height: bottom,
    title: 'The rooms of the source, and which imports which',
    style: STYLE,
    parts: [
      element('rect', { class: 'ground', width: WIDTH, height: bottom, rx: 12 }),
      TIP,
      ...paths.map((path) => drawArrow(path.flatMap((name) => places.get(name) ?? []))),
      ...[...rooms.files].map(([room, files]) => drawBox(room, files, places.get(room) ?? { x: 0, y: 0 })),
    ],
  });
}

type Place = { readonly x: number; readonly y: number };

const TIP =
  '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path class="tip" d="M0 0L8 4L0 8z"/></marker></defs>';

/** The middle of each box and bend; a bend takes less room than a box. */
function placesOf(rows: readonly (readonly string[])[]): Map<string, Place> {
  const share = (name: string) => (isBend(name) ? 0.3 : 1);
  const places = rows.flatMap((row, at) => {
    const whole = row.reduce((sum, name) => sum + share(name), 0);
    let left = 0;
    return row.map((name): [string, Place] => {
      const x = (WIDTH * (left + share(name) / 2)) / whole;
      left += share(name);
      return [name, { x, y: MARGIN + BOX.height / 2 + at * ROW }];
    });
  });
  return new Map(places);
}

function drawBox(room: string, files: number, { x, y }: Place): string {
  const corner = { x: x - BOX.width / 2, y: y - BOX.height / 2, width: BOX.width, height: BOX.height, rx: 8 };
  return [
    element('rect', { class: 'room', ...corner }),
    text(x, y - 2, room),
    text(x, y + 14, `${files} files`, { class: 'files' }),
  ].join('');
}

/** Straight through each bend on its way, in curves between the rows. */
function drawArrow(points: readonly Place[]): string {
  const half = BOX.height / 2;
  const curves = points.slice(1).map((to, at) => {
    const from = points[at] ?? to;
    const [y1, y2] = [from.y + half, to.y - half - (at === points.length - 2 ? 2 : 0)];
    const bend = (y2 - y1) * 0.6;
    const [x1, x2] = [from.x.toFixed(1), to.x.toFixed(1)];
    const curve = `C${x1} ${y1 + bend} ${x2} ${y2 - bend} ${x2} ${y2}`;
    return at === 0 ? `M${x1} ${y1}${curve}` : `V${y1}${curve}`;
  });
  return element('path', { class: 'arrow', d: curves.join(''), 'marker-end': 'url(#tip)' });
}
