import type { Command } from '../src/engine/command/command.ts';
import { cast } from './cast.ts';
import { dismiss } from './dismiss.ts';
import { dramatis } from './dramatis.ts';
import { narrate } from './narrate.ts';
import { next } from './next.ts';
import { say } from './say.ts';
import { scene } from './scene.ts';
import { stop } from './stop.ts';
import { summon } from './summon.ts';
import { whisper } from './whisper.ts';

/** Every slash command, on every stage. Named one by one: a missing file is a compile error. */
export const commands: readonly Command[] = [
  scene,
  summon,
  dismiss,
  cast,
  say,
  whisper,
  next,
  narrate,
  stop,
  dramatis,
];
