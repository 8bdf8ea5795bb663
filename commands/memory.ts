import { beatOf, beatOption, chosenBeat } from '../src/engine/command/beat-option.ts';
import { castOption } from '../src/engine/command/cast-option.ts';
import type { Command, CommandAction } from '../src/engine/command/command.ts';
import { findCharacter } from '../src/engine/command/find-character.ts';
import { wordsOf } from '../src/engine/command/read-values.ts';
import { castOf, sceneHere, storyHere } from '../src/engine/command/scene-here.ts';
import { lastThatFit, witnessedWords } from '../src/engine/command/witnessed-words.ts';
import type { MemoryReport, Witnessed } from '../src/engine/ledger/ledger-api.ts';
import type { Locale } from '../src/words/locales.ts';
import { render } from '../src/words/render.ts';
import { asTyped, type Message, say, type Text } from '../src/words/text.ts';

/** Characters of either list: both stand in one reply. */
const HALF = 850;

const whose = castOption('Whose memory', { required: true, ever: true });

const show: CommandAction = {
  description: 'How much a character remembers of the scene: never its thoughts',
  options: [whose],
  allowed: 'owner',
  async run(context, values) {
    const character = findCharacter(wordsOf(values, 'name'), castOf(await storyHere(context)));
    const { engine, place, who } = context;
    await context.reply(memoryWords(await engine.ledger.memory(place.scene, character.id), who.locale));
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
          ? say('#{{n}} stays in the minds of those who witnessed it. /memory unpin lets go of it.', { n })
          : say('#{{n}} may fade like any other beat.', { n }),
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
        say(
          '{{character}} would forget all {{count}} beats that they remember; the scene itself stays. The same again with confirm: yes does it.',
          { character: character.name, count: beats },
        ),
      );
      return;
    }
    await engine.ledger.forget(place.scene, character.id, n);
    const name = character.name;
    await reply(
      n === undefined
        ? say('{{name}} has forgotten all of it.', { name })
        : say('{{name}} has forgotten #{{n}}.', { name, n }),
    );
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
  allowed: 'moderator',
  async run(context, values) {
    const { engine, place, reply } = context;
    const character = findCharacter(wordsOf(values, 'name'), castOf(await storyHere(context)));
    const on = values['on'] === true;
    await engine.ledger.setServerMemory(place.scene, character.id, on);
    await reply(
      on
        ? say(
            '{{character}} will remember what they witness of scenes in this server, this one included, when each ends.',
            { character: character.name },
          )
        : say('What {{character}} witnesses stays in its scene; what they had kept of others is erased.', {
            character: character.name,
          }),
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

function memoryWords({ name, beats, folded, faded, note, pinned }: MemoryReport, locale?: Locale): Text {
  return [
    say('{{name}} remembers {{count}} beats, {{folded}} of them only as a note.', {
      name,
      count: beats,
      folded,
    }),
    ...(faded > 0
      ? [
          say('{{count}} of those are not even in the note; they come back when they are spoken of.', {
            count: faded,
          }),
        ]
      : []),
    ...(pinned.length > 0 ? [say('Pinned:'), listed(pinned, locale)] : []),
    ...(note.length > 0 ? [say('The note:'), listed(note, locale)] : []),
  ];
}

/** What was whispered stays between those who whispered. */
function listed(witnessed: readonly Witnessed[], locale?: Locale): Message {
  const lines = witnessed.map((one) =>
    one.kind === 'whisper'
      ? render(say('#{{n}} (a whisper)', { n: one.n }), locale)
      : witnessedWords(one, locale),
  );
  return asTyped(lastThatFit(lines, HALF, locale));
}
