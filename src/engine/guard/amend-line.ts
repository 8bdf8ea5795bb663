import { readPlayerLine } from '../../format/player-line.ts';
import { say } from '../../words/text.ts';
import { userIn } from '../audit/called-in-log.ts';
import { whereMessageIs } from '../beat-of-message.ts';
import type { EngineRoom } from '../engine-room.ts';
import type { LiveScene } from '../live-scene.ts';
import { reservedIn } from '../reserved-names.ts';
import { rewordBeat, takeBack } from '../rewrite.ts';
import { heldWords } from './held-words.ts';

/**
 * A player's message reads differently now, also where the scene that heard it gave its place to another.
 * Where its new words are held back, or its player opted out, the cast has heard neither those nor the old
 * ones, which the player does not stand by any more. Who was blocked is heard no more, in edits neither.
 */
export async function amendLine(
  room: EngineRoom,
  live: LiveScene,
  source: string,
  text: string,
): Promise<void> {
  const { record } = live;
  const n = live.state.sources.get(source);
  // What bystanders write is looked at by nobody.
  if (n === undefined) return amendEarlier(room, live, source, text);
  const speaker = live.minds.openly(n)?.speaker;
  const author = speaker && userIn(speaker);
  if (author !== undefined) {
    if (await room.privacy.optedOut(author)) return takeBack(room, live, source);
    if (record.server !== undefined && (await room.access.blocked(record.server, author))) return;
  }
  const held = await room.guard.input(record, text, room.closing);
  if (!held)
    return rewordBeat(
      room,
      live,
      source,
      readPlayerLine(text, reservedIn(room.libraryOf(live.record), live)),
    );
  room.audit.note(record.server, {
    kind: 'held-back',
    text: say('What a line was edited to was held back: {{why}}. The line is gone.', {
      why: heldWords(held),
    }),
    scene: record.id,
  });
  await takeBack(room, live, source);
}

async function amendEarlier(room: EngineRoom, live: LiveScene, source: string, text: string): Promise<void> {
  const { log } = (await whereMessageIs(room.options.store, source)) ?? {};
  if (log === undefined || log === live.record.log) return;
  await room.inBranch({ scene: log, log }, (other) => amendLine(room, other, source, text));
}
