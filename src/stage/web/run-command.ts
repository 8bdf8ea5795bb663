import { type CommandContext, type Place, runAction } from '../../engine/command/command.ts';
import { readTypedCommand } from '../../engine/command/typed-command.ts';
import type { ReplyFile } from '../../engine/reply-file.ts';
import { PlayerError } from '../../errors.ts';
import { render } from '../../words/render.ts';
import { described, type Text } from '../../words/text.ts';
import type { Scope } from './protocol.ts';
import type { Seat } from './seat.ts';
import type { ServerMessageOf } from './server-message.ts';
import { ProtocolError } from './session-error.ts';
import type { WireFile } from './wire-shapes.ts';

const HELP: Text =
  'A line is what you say, *asterisks* are what you do, @ completes a name. And these commands:';

/** What shows by command what a session needs a scope to ask for. */
const LOOKS_BEHIND: readonly (readonly [RegExp, Scope])[] = [
  [/^\s*\/(?:peek|scene\s+export)\b/iu, 'peek'],
  [/^\s*\/(?:knows|memory)\b/iu, 'mind'],
  [/^\s*\/why\b/iu, 'xray'],
];

/** Runs a slash command as it was typed. @throws PlayerError saying what is wrong with it */
export async function runCommand(text: string, seat: Seat): Promise<ServerMessageOf<'reply'>> {
  if (/^\s*\/help\b/iu.test(text)) {
    const known = seat.house.commands.map(
      ({ name, description }) => `/${name}: ${render(described(description), seat.locale)}`,
    );
    return { type: 'reply', text: [render(HELP, seat.locale), ...known].join('\n') };
  }
  const typed = readTypedCommand(text, seat.house.commands);
  if ('problem' in typed) throw new PlayerError(typed.problem);
  let reply = '';
  let files: readonly ReplyFile[] = [];
  let moved: string | undefined;
  const context: CommandContext = {
    ...commandContext(seat),
    signal: seat.house.signal,
    async reply(said) {
      reply = render(said, seat.locale);
    },
    async replyFiles(said, given) {
      reply = render(said, seat.locale);
      files = given;
    },
    async openThread() {
      moved = seat.house.door.newPlace();
      return placeOf(moved);
    },
  };
  checkScope(text, seat);
  await runAction(typed.action, context, typed.values);
  seat.house.room.tell(seat.scene, { type: 'changed' });
  seat.house.announce({ type: 'playing', playing: await seat.house.door.playing() });
  return {
    type: 'reply',
    text: reply,
    ...(moved === undefined ? {} : { moved }),
    ...(files.length === 0 ? {} : { files: files.map(wireFile) }),
  };
}

/** @throws ProtocolError */
function checkScope(text: string, { scopes }: Seat): void {
  const needed = LOOKS_BEHIND.find(([command]) => command.test(text))?.[1];
  if (needed === undefined || scopes.has(needed)) return;
  throw new ProtocolError('forbidden', `Only the page of this stage may ask for that (scope ${needed}).`);
}

function wireFile({ name, content }: ReplyFile): WireFile {
  return typeof content === 'string'
    ? { name, content }
    : { name, content: Buffer.from(content).toString('base64'), base64: true };
}

/** Where a command is typed, and by whom. */
export function commandContext({
  house,
  place,
  player,
  scopes,
  locale,
}: Seat): Omit<CommandContext, 'reply' | 'signal'> {
  const owns = scopes.has('admin');
  return {
    engine: house.engine,
    library: house.library,
    place: placeOf(place),
    who: { ...player, manager: owns, operator: owns, ...(locale === undefined ? {} : { locale }) },
  };
}

function placeOf(scene: string): Place {
  return { scene, stage: 'web', quiet: true };
}
