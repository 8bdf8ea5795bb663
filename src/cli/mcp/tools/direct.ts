import { z } from 'zod';
import { characterActorId } from '../../../scene/beat.ts';
import { newsSchema, secondsSchema, waitForNews } from '../news.ts';
import { type StageTool, stageTool } from '../stage-tool.ts';
import type { Happening } from '../story.ts';
import { tellBeat, tellScene } from '../tell.ts';
import { beHeard, cardSchema, heardSchema, lineSchema } from './play.ts';
import { openedSchema, personaSchema } from './watch.ts';

/** What a director does: begin scenes, bring people on, call turns, tell what happens. All need scope `direct`. */
const DONE = z.object({ done: z.literal(true) });
const done = (text: string) => ({ text, data: { done: true as const } });

const startScene = stageTool({
  name: 'start_scene',
  title: 'Start a scene',
  description:
    'Starts a new scene and opens it: one that ships (script), or one of your own (setting and cast).',
  scope: 'direct',
  effect: 'adds',
  input: z.object({
    script: z
      .string()
      .min(1)
      .max(200)
      .exactOptional()
      .describe('Id of a scene to start, as list_scenes gives it'),
    title: z.string().trim().max(100).exactOptional(),
    setting: z.string().trim().max(4000).exactOptional().describe('Where, when, what is at stake'),
    cast: z.array(cardSchema).max(25).exactOptional(),
    as: personaSchema.exactOptional().describe('Whom you play'),
  }),
  output: openedSchema,
  async run({ as, ...start }, seat, signal) {
    const scene = await seat.open({ start, ...(as === undefined ? {} : { as }) }, signal);
    const { beats } = seat.story;
    return {
      text: [tellScene(scene), ...beats.map(tellBeat)].join('\n'),
      data: { scene, beats: [...beats] },
    };
  },
});

const cast = stageTool({
  name: 'cast',
  title: 'Bring on or send off',
  description: 'Brings a character on stage, or lets it leave. One that comes in greets those who are there.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({ character: cardSchema, present: z.boolean() }),
  output: DONE,
  async run({ character, present }, seat, signal) {
    seat.scene();
    await seat.ask({ type: 'cast', character, present }, 'done', signal);
    return done(present ? `${character} is on stage.` : `${character} has left.`);
  },
});

/** A turn ended: with a line, or with a word of the stage on why there is none. */
function endsTurn(happening: Happening): boolean {
  if (happening.kind === 'beat') return happening.beat.kind === 'line' || happening.beat.kind === 'narration';
  return happening.kind === 'notice' && happening.notice.kind !== 'considering';
}

const nextTurn = stageTool({
  name: 'next_turn',
  title: 'Call the next turn',
  description:
    'Lets somebody take a turn (whom the director of the stage picks, or whom you name), waits for it, and tells it with all that is new. Where a turn is being made already, waits for that one.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({
    who: cardSchema.exactOptional().describe('Id of a character, or environment for the Narrator'),
    seconds: secondsSchema,
  }),
  output: newsSchema,
  async run({ who, seconds }, seat, signal) {
    seat.scene();
    const { count: since, making } = seat.story;
    const isComing =
      making !== undefined && (who === undefined || [who, characterActorId(who)].includes(making));
    if (!isComing) await seat.ask({ type: 'next', ...(who === undefined ? {} : { who }) }, 'done', signal);
    const wanted = (happening: Happening) => seat.isNews(happening) && endsTurn(happening);
    return waitForNews(seat, since, wanted, { seconds, signal });
  },
});

const perceive = stageTool({
  name: 'perceive',
  title: 'Let something happen',
  description:
    'Something happens, and exactly these notice it; nobody else will know of it. Nobody answers by themselves: next_turn asks for that.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({
    text: lineSchema,
    witnesses: z
      .array(z.string().min(1).max(200))
      .min(1)
      .max(50)
      .describe('Ids of characters, player (you), or everyone alone'),
  }),
  output: heardSchema,
  run: (event, seat, signal) => beHeard({ type: 'perceive', ...event }, seat, signal),
});

const move = stageTool({
  name: 'move',
  title: 'Move to another room',
  description:
    'Somebody goes to a room of the scene, which is made where it is not there yet. Who is elsewhere notices nothing.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({
    who: z.string().min(1).max(200).describe('Id of a character, or player (you)'),
    to: z.string().trim().min(1).max(60).describe('Name of a room, or main'),
  }),
  output: z.object({
    who: z.string(),
    place: z.string().exactOptional().describe('Id of the room; absent: the main place'),
  }),
  async run({ who, to }, seat, signal) {
    const { id } = seat.scene();
    const { place } = await seat.ask({ type: 'move', who, to }, 'moved', signal);
    // Who plays speaks where they are.
    if (who === 'player') await seat.open({ scene: place ?? id }, signal);
    return { text: `${who} is in ${to} now.`, data: { who, ...(place === undefined ? {} : { place }) } };
  },
});

const setCues = stageTool({
  name: 'set_cues',
  title: 'Name the actions that can be shown',
  description:
    'From now on actions in turns carry one of these names as their cue, where one fits. An empty list ends it.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({
    actions: z
      .array(
        z.object({
          name: z.string().regex(/^[a-z0-9_.-]{1,40}$/),
          means: z
            .string()
            .trim()
            .min(1)
            .max(200)
            .exactOptional()
            .describe('Ways of saying it, with commas between them'),
        }),
      )
      .max(64),
    character: cardSchema.exactOptional(),
  }),
  output: DONE,
  async run(cues, seat, signal) {
    seat.scene();
    await seat.ask({ type: 'cues', ...cues }, 'done', signal);
    const names = cues.actions.map(({ name }) => name).join(', ');
    return done(names === '' ? 'No cues any more.' : `Cues: ${names}.`);
  },
});

const interrupt = stageTool({
  name: 'interrupt',
  title: 'Interrupt',
  description: 'Ends the turn that is being made; what was shown of it stays.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({}),
  output: DONE,
  async run(_input, seat, signal) {
    seat.scene();
    await seat.ask({ type: 'interrupt' }, 'done', signal);
    return done('Interrupted.');
  },
});

export const directTools: readonly StageTool[] = [
  startScene,
  cast,
  nextTurn,
  perceive,
  move,
  setCues,
  interrupt,
];
