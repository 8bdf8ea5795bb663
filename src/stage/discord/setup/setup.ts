import type {
  AnySelectMenuInteraction,
  ButtonInteraction,
  ChatInputCommandInteraction,
  Guild,
  ModalSubmitInteraction,
} from 'discord.js';
import { CONFIG_PRESET_NAMES } from '../../../config/config-presets.ts';
import type { RoomSettingName, SettingValue } from '../../../config/room-settings.ts';
import { settingWords } from '../../../engine/command/setting-value.ts';
import type { Engine } from '../../../engine/engine-api.ts';
import { PlayerError } from '../../../errors.ts';
import { localeFor } from '../../../words/locales.ts';
import { type Message, say, type Text } from '../../../words/text.ts';
import { proxyBotsIn } from '../access/proxy-bots.ts';
import { EPHEMERAL } from '../interactions/answering.ts';
import type { CommandRunner } from '../interactions/command-runner.ts';
import { createDrafts, dropGone, type SetupDraft, STEPS, takePreset } from './drafts.ts';
import { fitted } from './fitted.ts';
import { lacks } from './lacks.ts';
import { limitsForm, readLimits } from './limits-form.ts';
import { changesOf, isPicked, PICKED, pickedIn, readSetupId, screenOf, setupId } from './screens.ts';

export type SetupOptions = {
  readonly engine: Engine;
  readonly runner: CommandRunner;
  readonly now: () => number;
};

type Begun = ChatInputCommandInteraction<'cached'>;
type Used = ButtonInteraction<'cached'> | AnySelectMenuInteraction<'cached'>;
type Form = ModalSubmitInteraction<'cached'>;

export type Setup = {
  begin(asked: Begun): Promise<void>;
  /** A button, a menu or the form of a setup; whether it was one. */
  use(asked: Used | Form): Promise<boolean>;
};

/** `/setup`: a few screens in one message, and nothing is saved before the last. */
export function createSetup({ engine, runner, now }: SetupOptions): Setup {
  const drafts = createDrafts(now);

  async function show(asked: Used | Form, draft: SetupDraft, ...notice: readonly Text[]): Promise<void> {
    const screen = screenOf(draft, localeFor(asked.locale), knownIn(asked.guild), notice);
    const answer = { content: screen.content, components: screen.components };
    if (!asked.isModalSubmit()) await asked.update(answer);
    else if (asked.isFromMessage()) await asked.update(answer);
    else throw new PlayerError('This form no longer does anything.');
  }

  async function end(asked: Used, ...lines: readonly Text[]): Promise<void> {
    await asked.editReply({
      content: fitted(lines, localeFor(asked.locale)),
      components: [],
      allowedMentions: { parse: [] },
    });
  }

  /** All of it or nothing: not where something chosen is gone, or somebody else was first. */
  async function save(asked: Used, draft: SetupDraft): Promise<void> {
    const known = knownIn(asked.guild);
    const gone = (Object.keys(PICKED) as (keyof typeof PICKED)[]).flatMap((name) =>
      pickedIn(draft, name).filter((id) => !known(PICKED[name].of === 'role' ? 'role' : 'channel', id)),
    );
    if (gone.length > 0) {
      dropGone(draft, new Set(gone));
      return show(
        asked,
        draft,
        say('No longer in this server, and left out: {{list}}. Nothing was saved yet: look at it again.', {
          list: gone,
        }),
      );
    }
    const { began, values, server } = draft;
    const changes = changesOf(draft);
    // Whoever presses twice is not somebody else who was first.
    drafts.end(draft);
    try {
      await asked.deferUpdate();
      if (changes.length > 0) {
        await engine.settings.replace(server, { ...began.levels, server: values }, began.revision);
      }
    } catch (error) {
      // Somebody else saved meanwhile: what was chosen here was chosen without knowing of it.
      if (error instanceof PlayerError) {
        return end(asked, error.said, say('Nothing of this setup was saved. /setup begins anew.'));
      }
      drafts.keep(draft);
      throw error;
    }
    if (changes.length > 0) {
      engine.audit.note(server, { kind: 'configured', text: noteOf(changes), by: asked.user.id });
    }
    const lacking = await lacks(engine, asked.guild);
    await end(
      asked,
      changes.length > 0 ? say('Saved. It holds from the next turn on.') : say('Nothing had to be saved.'),
      say('/scene start begins a scene; /config shows and changes every setting.'),
      ...lacking,
    );
  }

  async function press(asked: Used, draft: SetupDraft, what: string): Promise<void> {
    const at = STEPS.indexOf(draft.step);
    switch (what) {
      case 'next':
        draft.step = STEPS[at + 1] ?? 'summary';
        return show(asked, draft);
      case 'back':
        draft.step = STEPS[at - 1] ?? 'preset';
        return show(asked, draft);
      case 'hear':
      case 'ignore':
        draft.values = { ...draft.values, proxies: what === 'hear' };
        return show(asked, draft);
      case 'form':
        await asked.showModal(limitsForm(setupId(draft, 'limits'), draft.values, localeFor(asked.locale)));
        return;
      case 'cancel':
        drafts.end(draft);
        await asked.deferUpdate();
        return end(asked, say('Nothing was changed.'));
      case 'save':
        // Only what was shown as a whole is saved.
        if (draft.step === 'summary') return save(asked, draft);
        break;
      default:
    }
    throw new PlayerError('This button no longer does anything.');
  }

  async function choose(asked: AnySelectMenuInteraction<'cached'>, draft: SetupDraft, what: string) {
    const preset = CONFIG_PRESET_NAMES.find((name) => what === 'preset' && name === asked.values[0]);
    if (preset) takePreset(draft, preset);
    else if (isPicked(what)) draft.values = { ...draft.values, [what]: chosenIn(asked, what) };
    else throw new PlayerError('This menu no longer does anything.');
    await show(asked, draft);
  }

  return {
    async begin(asked) {
      await runner.check(asked, runner.actionOf('setup', null));
      await asked.deferReply(EPHEMERAL);
      const { guild, user } = asked;
      const began = await engine.settings.whole(guild.id);
      const asks = began.levels['server']?.proxies === undefined;
      const draft = drafts.begin(guild.id, user.id, began, asks ? await proxyBotsIn(guild) : []);
      const { content, components } = screenOf(draft, localeFor(asked.locale), knownIn(guild));
      await asked.editReply({ content, components });
    },
    async use(asked) {
      const part = readSetupId(asked.customId);
      if (!part) return false;
      // Who set out with it may have lost the right since.
      await runner.check(asked, runner.actionOf('setup', null));
      const draft = drafts.of(part.token, asked.guildId, asked.user.id);
      if (asked.isButton()) await press(asked, draft, part.what);
      else if (asked.isModalSubmit()) {
        draft.values = { ...draft.values, ...readLimits(asked) };
        await show(asked, draft);
      } else await choose(asked, draft, part.what);
      return true;
    },
  };
}

/** One entry of the moderators' log for all that a setup changed. */
function noteOf(changes: ReturnType<typeof changesOf>): readonly Message[] {
  const words = (name: RoomSettingName, value: SettingValue | undefined) =>
    value === undefined ? say('not set') : settingWords(name, value);
  return [
    say('set up with /setup:'),
    ...changes.map(({ name, from, to }) =>
      say('{{name}}: {{from}} → {{to}}', { name, from: words(name, from), to: words(name, to) }),
    ),
  ];
}

/** Which roles and channels are there; during an outage Discord tells of none. */
function knownIn(guild: Guild) {
  return (kind: 'role' | 'channel', id: string): boolean =>
    !guild.available || (kind === 'role' ? guild.roles : guild.channels).cache.has(id);
}

/** @throws PlayerError where the client chose what its menu does not offer */
function chosenIn(asked: AnySelectMenuInteraction<'cached'>, name: keyof typeof PICKED) {
  const { of } = PICKED[name];
  const fits = of === 'role' ? asked.isRoleSelectMenu() : asked.isChannelSelectMenu();
  const known = knownIn(asked.guild);
  if (!fits || asked.values.some((id) => !known(of === 'role' ? 'role' : 'channel', id))) {
    throw new PlayerError('That is not there any more. Choose again.');
  }
  return of === 'log' ? (asked.values[0] ?? '') : [...asked.values];
}
