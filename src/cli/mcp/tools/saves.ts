import { z } from 'zod';
import { saveSchema, type WireSave } from '../../../stage/web/wire-shapes.ts';
import { type StageTool, stageTool } from '../stage-tool.ts';
import { tellBeat, tellScene } from '../tell.ts';
import { openedSchema } from './watch.ts';

/** Places of a story to go on from. All need scope `direct`. */
const tellSave = ({ id, name, beat }: WireSave) => `${id}: ${name}, after beat ${beat}`;

const save = stageTool({
  name: 'save',
  title: 'Save',
  description: 'Keeps this moment of the open scene under a name.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({ name: z.string().trim().min(1).max(80) }),
  output: z.object({ save: saveSchema }),
  async run({ name }, seat, signal) {
    seat.scene();
    const { save: saved } = await seat.ask({ type: 'save', name }, 'saved', signal);
    return { text: `Saved. ${tellSave(saved)}`, data: { save: saved } };
  },
});

const saves = stageTool({
  name: 'saves',
  title: 'List saves',
  description: 'The moments of the open scene that were kept.',
  scope: 'direct',
  effect: 'looks',
  input: z.object({}),
  output: z.object({ saves: z.array(saveSchema) }),
  async run(_input, seat, signal) {
    seat.scene();
    const { saves: found } = await seat.ask({ type: 'saves' }, 'saves', signal);
    return { text: found.map(tellSave).join('\n') || 'None.', data: { saves: found } };
  },
});

const load = stageTool({
  name: 'load',
  title: 'Load a save',
  description: 'Opens a new scene that goes on from a save of the open one. The open one stays as it is.',
  scope: 'direct',
  effect: 'adds',
  input: z.object({ save: z.string().min(1).max(200).describe('Id of the save, as saves gives it') }),
  output: openedSchema,
  async run({ save: id }, seat, signal) {
    seat.scene();
    const { scene } = await seat.ask({ type: 'load', save: id }, 'opened', signal);
    seat.news();
    const { beats } = seat.story;
    return {
      text: [tellScene(scene), ...beats.map(tellBeat)].join('\n'),
      data: { scene, beats: [...beats] },
    };
  },
});

export const saveTools: readonly StageTool[] = [save, saves, load];
