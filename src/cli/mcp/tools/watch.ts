import { z } from 'zod';
import {
  actorSchema,
  beatSchema,
  characterSchema,
  librarySchema,
  playingSchema,
  sceneSchema,
  thoughtSchema,
} from '../../../stage/web/wire-shapes.ts';
import { newsSchema, secondsSchema, waitForNews } from '../news.ts';
import { type StageTool, stageTool } from '../stage-tool.ts';
import { tellBeat, tellScene } from '../tell.ts';

/** What anyone who is let in may do: look round, open a scene that is played, read and listen. */
export const personaSchema = z.object({
  id: z
    .string()
    .regex(/^[\w.@-]{1,64}$/)
    .exactOptional()
    .describe('Your own name for this player, so that it is the same one next time'),
  name: z.string().trim().min(1).max(80),
  sheet: z.string().max(4000).exactOptional().describe('What others may know of them'),
});

/** A scene, and what was said in it so far. */
export const openedSchema = z.object({ scene: sceneSchema, beats: z.array(beatSchema) });

/** Beats that are told when a scene is opened; `history` has those before. */
const BEATS_TOLD = 30;

const listScenes = stageTool({
  name: 'list_scenes',
  title: 'List scenes and characters',
  description:
    'What is played now, the scenes that can be started, and the characters there are, each with its id.',
  effect: 'looks',
  input: z.object({}),
  output: z.object({
    playing: playingSchema,
    scripts: librarySchema.shape.scenes,
    characters: z.array(characterSchema.pick({ id: true, name: true, about: true })),
  }),
  async run(_input, seat) {
    const { scenes: scripts, characters } = seat.library();
    const playing = seat.playing();
    const rows = (title: string, found: readonly string[]) => `${title}\n${found.join('\n') || 'none'}`;
    const text = [
      rows(
        'Played now:',
        playing.map(({ id, title, status }) => `${id}: ${title} (${status})`),
      ),
      rows(
        'Scenes to start:',
        scripts.map(({ id, title, tagline }) => `${id}: ${title}. ${tagline}`.trim()),
      ),
      rows(
        'Characters:',
        characters.map(({ id, name }) => `${id}: ${name}`),
      ),
    ].join('\n\n');
    const named = characters.map(({ id, name, about }) => ({ id, name, about }));
    return { text, data: { playing, scripts, characters: named } };
  },
});

const openScene = stageTool({
  name: 'open_scene',
  title: 'Open a scene',
  description:
    'Looks at a scene that is played (list_scenes names them), or at one of its rooms, from now on. All other tools are about the scene that is open.',
  effect: 'looks',
  input: z.object({
    scene: z.string().min(1).max(200).describe('Id of the scene, or of a room of it'),
    as: personaSchema.exactOptional().describe('Whom you play'),
  }),
  output: openedSchema,
  async run(request, seat, signal) {
    const scene = await seat.open(request, signal);
    const beats = seat.story.beats.slice(-BEATS_TOLD);
    return { text: [tellScene(scene), ...beats.map(tellBeat)].join('\n'), data: { scene, beats } };
  },
});

const listen = stageTool({
  name: 'listen',
  title: 'Listen',
  description:
    'What happened since you looked last; where nothing did, waits for it. Characters answer by themselves after you spoke.',
  effect: 'looks',
  input: z.object({ seconds: secondsSchema }),
  output: newsSchema,
  async run({ seconds }, seat, signal) {
    seat.scene();
    return waitForNews(seat, seat.told(), seat.isNews, { seconds, signal });
  },
});

const history = stageTool({
  name: 'history',
  title: 'Read what was before',
  description: 'Beats of the open scene before a number, up to 300; without a number, the newest.',
  effect: 'looks',
  input: z.object({ before: z.int().positive().exactOptional() }),
  output: z.object({
    beats: z.array(beatSchema),
    earlier: z.boolean().describe('There are more before these'),
  }),
  async run({ before = Number.MAX_SAFE_INTEGER }, seat, signal) {
    seat.scene();
    const { beats, earlier } = await seat.ask({ type: 'history', before }, 'history', signal);
    return { text: beats.map(tellBeat).join('\n') || 'Nothing.', data: { beats, earlier } };
  },
});

const thoughts = stageTool({
  name: 'thoughts',
  title: 'Read thoughts',
  description: 'What a character thought in a line and did not say. No other character knows it.',
  scope: 'peek',
  effect: 'looks',
  input: z.object({ beat: z.int().positive() }),
  output: z.object({
    beat: z.int(),
    speaker: actorSchema.exactOptional(),
    thoughts: z.array(thoughtSchema),
  }),
  async run({ beat }, seat, signal) {
    seat.scene();
    const { thoughts: found } = await seat.ask({ type: 'peek', beat }, 'thoughts', signal);
    const speaker = seat.story.beats.find(({ n }) => n === beat)?.speaker;
    const text = found.map((thought) => thought.text).join('\n') || 'No thoughts in it.';
    return { text, data: { beat, ...(speaker === undefined ? {} : { speaker }), thoughts: found } };
  },
});

export const watchTools: readonly StageTool[] = [listScenes, openScene, listen, history, thoughts];
