import type { Choice, CommandAction } from '../../src/engine/command/command.ts';
import { sceneHere } from '../../src/engine/command/scene-here.ts';
import { type PeekPolicy, peekPolicySchema } from '../../src/engine/scene-record.ts';

const POLICY_WORDS: Readonly<Record<PeekPolicy, string>> = {
  nobody: 'nobody may read what the cast thinks',
  owner: 'who started the scene and moderators may read what the cast thinks',
  everyone: 'everyone may read what the cast thinks',
  after: 'everyone may read what the cast thought, once the scene has ended',
};

const policies: readonly Choice[] = peekPolicySchema.options.map((value) => ({
  value,
  name: `${value}: ${POLICY_WORDS[value]}`,
}));

export const thoughts: CommandAction = {
  description: 'Who may read what the cast thinks, with /peek',
  options: [{ name: 'who', description: 'Who may', type: 'text', required: true, choices: policies }],
  allowed: 'owner',
  async run(context, values) {
    await sceneHere(context);
    const policy = peekPolicySchema.parse(values['who']);
    await context.engine.setPeek(context.place.scene, policy);
    const words = POLICY_WORDS[policy];
    await context.reply(`From now on ${words}.`);
  },
};
