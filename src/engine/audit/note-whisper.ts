import { visibleSegments } from '../../format/segments.ts';
import type { BeatOf } from '../../scene/beat.ts';
import { say } from '../../words/text.ts';
import { visibleWords } from '../command/witnessed-words.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { SceneRecord } from '../scene-record.ts';
import { calledInLog, userIn } from './called-in-log.ts';

/** Whether what passes between some alone in this scene is in the moderators' log. */
export function whispersLogged(room: EngineRoom, record: SceneRecord): boolean {
  return record.server !== undefined && room.rulesFor(record).logWhispers;
}

/** What was whispered, for moderators: never what was thought. */
export function noteWhisper(room: EngineRoom, record: SceneRecord, beat: BeatOf<'whisper'>): void {
  if (!whispersLogged(room, record)) return;
  const { speaker, to, segments, n } = beat;
  const by = userIn(speaker);
  room.audit.note(record.server, {
    kind: 'whispered',
    text: say('{{who}} whispered to {{whom}}.', { who: calledInLog(speaker), whom: to.map(calledInLog) }),
    scene: record.id,
    log: record.log,
    beat: n,
    about: [speaker, ...to].flatMap((actor) => userIn(actor) ?? []),
    ...(by === undefined ? {} : { by }),
    quote: visibleWords(visibleSegments(segments)),
  });
}
