import { beatOf, beatOption, chosenBeat } from '../src/engine/command/beat-option.ts';
import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command, CommandAction } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { castOf, sceneHere, storyHere } from '../src/engine/command/scene-here.ts';
import { lastThatFit, witnessedWords } from '../src/engine/command/witnessed-words.ts';
import type { MemoryReport, Witnessed } from '../src/engine/ledger/ledger-api.ts';

const whose = castOption('Whose memory', { required: true, ever: true });

const show: CommandAction = {
  description: 'How much a character remembers of the scene: never its thoughts',
  options: [whose],
  allowed: 'owner',
  async run(context, values) {
    const character = findCharacter(wordsOf(values, 'name'), castOf(await storyHere(context)));
    await context.reply(memoryWords(await context.engine.ledger.memory(context.place.scene, character.id)));
  },
};

function pinning(description: string, on: boolean): CommandAction {
  return {
    description,
    options: [beatOption('Which beat', { required: true })],
    allowed: 'owner',
    async run(context, values) {
      await sceneHere(context);
      const n = chosenBeat(values);
      await context.engine.ledger.pin(context.place.scene, n, on);
      await context.reply(
        on
          ? `#${n} stays in the minds of those who witnessed it. /memory unpin lets go of it.`
          : `#${n} may fade like any other beat.`,
      );
    },
  };
}

const forget: CommandAction = {
  description: 'Let a character forget one beat, or all of the scene',
  options: [
    whose,
    beatOption('Which beat; left out, all that they witnessed'),
    { name: 'confirm', description: 'Yes, forget all of it', type: 'flag' },
  ],
  allowed: 'owner',
  async run(context, values) {
    const { engine, place, reply } = context;
    const character = findCharacter(wordsOf(values, 'name'), castOf(await sceneHere(context)));
    const n = beatOf(values);
    if (n === undefined && values['confirm'] !== true) {
      const { beats } = await engine.ledger.memory(place.scene, character.id);
      await reply(
        `${character.name} would forget all ${beats} beats that they remember; the scene itself stays. ` +
          'The same again with confirm: yes does it.',
      );
      return;
    }
    await engine.ledger.forget(place.scene, character.id, n);
    await reply(`${character.name} has forgotten ${n === undefined ? 'all of it' : `#${n}`}.`);
  },
};

const server: CommandAction = {
  description: 'Let a character remember, in later scenes of this server, what it witnessed; or no longer',
  options: [
    whose,
    {
      name: 'on',
      description: 'Yes: from now on. No: what it had kept is erased',
      type: 'flag',
      required: true,
    },
  ],
  allowed: 'manager',
  async run(context, values) {
    const { engine, place, reply } = context;
    const character = findCharacter(wordsOf(values, 'name'), castOf(await storyHere(context)));
    const on = values['on'] === true;
    await engine.ledger.setServerMemory(place.scene, character.id, on);
    await reply(
      on
        ? `${character.name} will remember what they witness of scenes in this server, this one included, when each ends.`
        : `What ${character.name} witnesses stays in its scene; what they had kept of others is erased.`,
    );
  },
};

export const memory: Command = {
  name: 'memory',
  description: 'What the cast remembers',
  actions: {
    show,
    pin: pinning('Keep a beat in mind, however long ago it was', true),
    unpin: pinning('Let a pinned beat fade again', false),
    forget,
    server,
  },
};

function memoryWords({ name, beats, folded, faded, note, pinned }: MemoryReport): string {
  const half = 850;
  return [
    `${name} remembers ${beats} beats, ${folded} of them only as a note.`,
    ...(faded > 0
      ? [`${faded} of those are not even in the note; they come back when they are spoken of.`]
      : []),
    ...(pinned.length > 0 ? ['Pinned:', listed(pinned, half)] : []),
    ...(note.length > 0 ? ['The note:', listed(note, half)] : []),
  ].join('\n');
}

/** What was whispered stays between those who whispered. */
function listed(witnessed: readonly Witnessed[], most: number): string {
  return lastThatFit(
    witnessed.map((one) => (one.kind === 'whisper' ? `#${one.n} (a whisper)` : witnessedWords(one))),
    most,
  );
}
