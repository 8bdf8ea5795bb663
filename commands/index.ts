import type { Command } from '../src/engine/command/command.ts';
import { bench } from './bench.ts';
import { branch } from './branch.ts';
import { cast } from './cast.ts';
import { character } from './character.ts';
import { config } from './config.ts';
import { goingOn } from './continue.ts';
import { dismiss } from './dismiss.ts';
import { dramatis } from './dramatis.ts';
import { edit } from './edit.ts';
import { enter } from './enter.ts';
import { hold } from './hold.ts';
import { inform } from './inform.ts';
import { knows } from './knows.ts';
import { leave } from './leave.ts';
import { lore } from './lore.ts';
import { map } from './map.ts';
import { memory } from './memory.ts';
import { model } from './model.ts';
import { move } from './move.ts';
import { narrate } from './narrate.ts';
import { next } from './next.ts';
import { ooc } from './ooc.ts';
import { peek } from './peek.ts';
import { persona } from './persona.ts';
import { plant } from './plant.ts';
import { presence } from './presence.ts';
import { principles } from './principles.ts';
import { privacy } from './privacy.ts';
import { quota } from './quota.ts';
import { rate } from './rate.ts';
import { reset } from './reset.ts';
import { rewind } from './rewind.ts';
import { say } from './say.ts';
import { scene } from './scene.ts';
import { secret } from './secret.ts';
import { setup } from './setup.ts';
import { steer } from './steer.ts';
import { stop } from './stop.ts';
import { summon } from './summon.ts';
import { swipe } from './swipe.ts';
import { time } from './time.ts';
import { undo } from './undo.ts';
import { usage } from './usage.ts';
import { whisper } from './whisper.ts';
import { why } from './why.ts';

/**
 * Every slash command, on every stage, in the order in which they are listed: those that a player
 * needs first. Named one by one: a missing file is a compile error.
 */
export const commands: readonly Command[] = [
  scene,
  summon,
  dismiss,
  cast,
  say,
  whisper,
  ooc,
  enter,
  leave,
  persona,
  character,
  lore,
  next,
  goingOn,
  hold,
  stop,
  narrate,
  steer,
  time,
  move,
  map,
  presence,
  knows,
  inform,
  plant,
  secret,
  peek,
  why,
  swipe,
  edit,
  rate,
  rewind,
  undo,
  branch,
  memory,
  reset,
  privacy,
  setup,
  config,
  principles,
  model,
  quota,
  usage,
  bench,
  dramatis,
];
