import type { Choice, CommandAction } from '../../src/engine/command/command.ts';
import { sceneHere } from '../../src/engine/command/scene-here.ts';
import { type PeekPolicy, peekPolicySchema } from '../../src/engine/scene-record.ts';
import { levelsOfScene } from '../../src/engine/settings/levels-of-place.ts';
import { PlayerError } from '../../src/errors.ts';
import { render } from '../../src/words/render.ts';
import { type Message, say } from '../../src/words/text.ts';
import { noteChanges } from '../config/note-change.ts';

const POLICY_WORDS: Readonly<Record<PeekPolicy, Message>> = {
  nobody: say('nobody may read what the cast thinks'),
  owner: say('who started the scene and moderators may read what the cast thinks'),
  role: say('moderators and people with the roles of peekRoles may read what the cast thinks'),
  everyone: say('everyone may read what the cast thinks'),
  after: say('everyone may read what the cast thought, once the scene has ended'),
};

const policies: readonly Choice[] = peekPolicySchema.options.map((value) => ({
  value,
  name: `${value}: ${render(POLICY_WORDS[value])}`,
}));

export const thoughts: CommandAction = {
  description: 'Who may read what the cast thinks, with /peek',
  options: [{ name: 'who', description: 'Who may', type: 'text', required: true, choices: policies }],
  allowed: 'owner',
  async run(context, values) {
    const { engine, place, who, reply } = context;
    const { record } = await sceneHere(context);
    const policy = peekPolicySchema.parse(values['who']);
    const shown = (await engine.settings.show(place)).find(({ name }) => name === 'peek');
    const from = shown?.set.find(({ level }) => level.level === 'scene')?.value;
    // What moderators closed for everyone, the owner of one scene does not open.
    const around = shown?.set.find(({ level }) => level.level !== 'scene')?.value;
    if (around === 'nobody' && policy !== 'nobody' && !who.moderator) {
      throw new PlayerError('The moderators of this server decided that nobody reads thoughts here.');
    }
    await engine.setPeek(place.scene, policy);
    const level = levelsOfScene(record).find((one) => one.level === 'scene');
    if (level) noteChanges(context, level, [{ name: 'peek', from, to: policy }]);
    await reply(say('From now on {{policy}}.', { policy: POLICY_WORDS[policy] }));
  },
};
