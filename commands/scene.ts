import type { Command, CommandAction } from '../src/engine/command/command.ts';
import { describeScene } from '../src/engine/command/describe-scene.ts';
import { sceneHere } from '../src/engine/command/scene-here.ts';
import { entering } from './enter.ts';
import { leaving } from './leave.ts';
import { end, goOn, pause } from './scene/course.ts';
import { importing } from './scene/import.ts';
import { exporting, recap } from './scene/keepsake.ts';
import { demo, start } from './scene/open.ts';
import { replay } from './scene/replay.ts';
import { report } from './scene/report.ts';
import { room } from './scene/room.ts';
import { thoughts } from './scene/thoughts.ts';

const info: CommandAction = {
  description: 'What plays here: setting, cast, mode and budget',
  options: [],
  allowed: 'anyone',
  async run(context) {
    await context.reply(describeScene(await sceneHere(context)));
  },
};

export const scene: Command = {
  name: 'scene',
  description: 'Open, hold and close scenes, and what belongs to a whole scene',
  actions: {
    start,
    demo,
    info,
    pause,
    continue: goOn,
    end,
    enter: entering,
    leave: leaving,
    room,
    thoughts,
    recap,
    export: exporting,
    import: importing,
    replay,
    report,
  },
};
