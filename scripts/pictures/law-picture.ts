import { element, FONT, picture, text } from './svg.ts';

/** The four layers of a turn, and who may see each. */
const LAYERS = [
  { name: 'system thinking', what: 'the plan for the turn', hidden: true, seen: [true, false, false, false] },
  { name: 'role thinking', what: 'what the character thinks', hidden: true, seen: [true, true, true, false] },
  { name: 'action', what: 'what others can see', hidden: false, seen: [true, true, true, true] },
  { name: 'speech', what: 'what others can hear', hidden: false, seen: [true, true, true, true] },
] as const;

const EYES = [
  ['the model,', 'while it writes'],
  ['the character,', 'from then on'],
  ['people who', 'may /peek'],
  ['everyone', 'who is there'],
] as const;

const WIDTH = 820;
const LEFT = 270;
const COLUMN = 135;
const TOP = 84;
const ROW = 58;

const STYLE = [
  `text{${FONT};font-size:15px;fill:#1f2328}.small{font-size:12px;fill:#59636e}.eye{text-anchor:middle;font-size:13px}`,
  '.ground{fill:#ffffff}.hidden{fill:#f3eefc}.visible{fill:#eafaf0}.yes{fill:#1a7f37}.no{fill:none;stroke:#afb8c1;stroke-width:1.5}',
  '.wall{stroke:#cf222e;stroke-width:2;stroke-dasharray:6 4}',
].join('');

/** A table of layers and eyes; between what is hidden and what is visible stands a wall. */
export function drawLaw(): string {
  const rows = LAYERS.map(({ name, what, hidden, seen }, at) => {
    const y = TOP + at * ROW + (hidden ? 0 : 18);
    return [
      element('rect', {
        class: hidden ? 'hidden' : 'visible',
        x: 16,
        y,
        width: WIDTH - 32,
        height: ROW - 8,
        rx: 8,
      }),
      text(32, y + 22, name),
      text(32, y + 40, what, { class: 'small' }),
      ...seen.map((sees, nth) =>
        element('circle', { class: sees ? 'yes' : 'no', cx: LEFT + (nth + 0.5) * COLUMN, cy: y + 25, r: 8 }),
      ),
    ].join('');
  });
  const heads = EYES.map(([first, second], nth) => {
    const x = LEFT + (nth + 0.5) * COLUMN;
    return text(x, 40, first, { class: 'eye' }) + text(x, 58, second, { class: 'eye' });
  });
  const wall = TOP + 2 * ROW + 5;
  const height = TOP + LAYERS.length * ROW + 52;
  return picture({
    width: WIDTH,
    height,
    title: 'The one law: which layer of a turn is seen by whom',
    style: STYLE,
    parts: [
      element('rect', { class: 'ground', width: WIDTH, height, rx: 12 }),
      ...heads,
      ...rows,
      element('line', { class: 'wall', x1: 16, x2: WIDTH - 16, y1: wall, y2: wall }),
      text(
        32,
        height - 18,
        'Below the line is all that a stage is handed; it has no type for what is above.',
        {
          class: 'small',
        },
      ),
    ],
  });
}
