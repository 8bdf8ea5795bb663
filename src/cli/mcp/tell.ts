import { renderPlain } from '../../format/render-plain.ts';
import { ENVIRONMENT } from '../../scene/beat.ts';
import type { WireBeat, WireScene, WireWhisper } from '../../stage/web/wire-shapes.ts';

/** A beat as one line for people: its number, who, what anyone could see and hear. */
export function tellBeat({ n, kind, speaker, segments, cut, fallback }: WireBeat): string {
  const text = renderPlain(segments);
  const who = speaker === undefined || speaker.id === ENVIRONMENT.id ? 'Narrator' : speaker.name;
  const what = kind === 'line' || kind === 'narration' ? '' : ` (${kind})`;
  const marks = [cut ? '[cut off]' : '', fallback ? '[a line from the card]' : ''].filter((mark) => mark);
  return [`${n}. ${who}${what}: ${text}`.trimEnd(), ...marks].join(' ');
}

export function tellWhisper({ n, from, to, text }: WireWhisper): string {
  return `${n}. ${from.name} whispers to ${to.map(({ name }) => name).join(', ')}: ${text}`;
}

/** A scene in a few lines: what it is, who is in it, by which names they are asked for. */
export function tellScene(scene: WireScene): string {
  const present = scene.cast.filter((one) => one.present).map(({ name, id }) => `${name} (${id})`);
  const rooms = scene.rooms.map(({ name, id }) => `${name} (${id})`);
  return [
    `${scene.title} (${scene.id}), ${scene.status}. You are ${scene.you}.`,
    scene.setting,
    `On stage: ${present.join(', ') || 'nobody'}`,
    ...(rooms.length > 0 ? [`Rooms: ${rooms.join(', ')}`] : []),
    `Played by ${scene.model ?? 'the scripted demo'}.`,
  ]
    .filter((line) => line !== '')
    .join('\n');
}
