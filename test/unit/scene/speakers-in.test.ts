import { expect, test } from 'vitest';
import type { Beat } from '../../../src/scene/beat.ts';
import { speakersIn } from '../../../src/scene/speakers-in.ts';
import { createView } from '../../../src/scene/view.ts';

const ada = { id: 'character:ada', name: 'Ada' };
const bo = { id: 'character:bo', name: 'Bo' };

function line(n: number, speaker: typeof ada): Beat {
  return {
    ...{ n, at: n, origin: 'local', witnesses: [ada.id], kind: 'line', speaker, turn: `t${n}` },
    segments: [{ kind: 'speech', text: 'Cold night.' }],
  };
}

test('who was perceived grows with a view, and is forgotten with the only line of theirs', () => {
  const view = createView({ type: 'character', id: ada.id });
  view.add(line(1, ada));
  expect([...speakersIn(view)]).toEqual([ada.id]);
  view.add(line(2, bo));
  expect([...speakersIn(view)]).toEqual([ada.id, bo.id]);
  view.add({ n: 3, at: 3, origin: 'local', witnesses: [], kind: 'retract', of: 2 });
  expect([...speakersIn(view)]).toEqual([ada.id]);
});

test('a setting has no speaker', () => {
  const view = createView({ type: 'character', id: ada.id });
  const common = { origin: 'local' as const, witnesses: [ada.id] };
  view.add({ ...common, n: 1, at: 1, kind: 'setting', text: 'A quay.' });
  view.add(line(2, bo));
  expect([...speakersIn(view)]).toEqual([bo.id]);
});
