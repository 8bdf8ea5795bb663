import { existsSync } from 'node:fs';
import { access, constants, mkdir } from 'node:fs/promises';
import { openLibrary } from '../../cast/library/library.ts';
import type { Settings } from '../../config/environment.ts';
import { nameModels } from '../../config/name-models.ts';
import { checkEndpoint, checkGguf } from '../../model/check-endpoint.ts';
import { createOpenAiEmbeddings } from '../../model/embed.ts';
import { findModels } from '../../model/find-models.ts';
import { isGguf } from '../../model/gguf/gguf-files.ts';
import { resolveModelName } from '../../model/model-names.ts';
import type { ModelRole, ModelSettings } from '../../model/model-settings.ts';
import { createOpenAiModeration } from '../../model/moderate.ts';
import { openStore } from '../../store/open-store.ts';
import { sealingWarning } from '../../store/sealed/store-keys.ts';
import { OWN_CHARACTERS, OWN_PRINCIPLES, SHIPPED_CHARACTERS } from '../house.ts';
import { storeWords } from '../house-facts.ts';
import { principlesIn } from '../principles-in.ts';
import type { Check } from './check.ts';
import { checkQuirks } from './endpoint-quirks.ts';

const LOWEST_NODE = 24;

export function checkNode(version = process.versions.node): Check {
  const ok = Number(version.split('.')[0]) >= LOWEST_NODE;
  const text = ok ? version : `${version}: start it with npm start, which brings Node ${LOWEST_NODE} with it`;
  return { check: 'node', ok, text };
}

/** Token, intents, permissions in each server, and the invite link. */
export async function checkDiscordIfSet({ discord }: Settings): Promise<readonly Check[]> {
  if (!discord) {
    const text = 'no DISCORD_TOKEN is set, so the local page plays. For the bot, set one in .env';
    return [{ check: 'discord', ok: true, text }];
  }
  const { checkDiscord } = await import('../../stage/discord/access/check-discord.ts');
  const findings = await checkDiscord(discord);
  return findings.map(({ what, ok, say }) => ({ check: `discord ${what}`, ok, text: say }));
}

/** The store, and where the key lies that seals it, unless that is as it should be. */
export async function checkStore({ storeUrl, dataKeys }: Settings): Promise<readonly Check[]> {
  const kept = await checkKeeping(storeUrl, dataKeys);
  const text = sealingWarning(storeUrl, dataKeys);
  return text === undefined ? [kept] : [kept, { check: 'sealing', ok: true, text }];
}

/** Writes, reads and removes one document. */
async function checkKeeping(storeUrl: string, dataKeys: Settings['dataKeys']): Promise<Check> {
  const check = 'store';
  try {
    const store = await openStore(storeUrl, dataKeys);
    try {
      await store.put('counter', 'doctor', { seen: true });
      const kept = await store.get('counter', 'doctor');
      await store.remove('counter', 'doctor');
      if (kept === undefined)
        return { check, ok: false, text: 'it forgets what is written: set another STORE_URL' };
    } finally {
      await store.close();
    }
    return { check, ok: true, text: `${storeWords(storeUrl)}: can be written and read` };
  } catch (error) {
    // Looked at beside the bot or the page, as one does when something seems wrong.
    if (/in use by another Dramatis/u.test(messageOf(error))) {
      return { check, ok: true, text: `${storeWords(storeUrl)}: in use by a Dramatis that is running` };
    }
    return { check, ok: false, text: messageOf(error) };
  }
}

/** Cards that ship, and the folder for one's own. */
export async function checkCharacters(): Promise<readonly Check[]> {
  const check = 'characters';
  try {
    await mkdir(OWN_CHARACTERS, { recursive: true });
    await access(OWN_CHARACTERS, constants.W_OK);
    const library = await openLibrary({ shippedDir: SHIPPED_CHARACTERS, ownDir: OWN_CHARACTERS });
    const own = library.characters().filter(({ source }) => source === 'own').length;
    const text = `${library.characters().length} can be played, ${own} of them your own (data/characters)`;
    const problems = library.problems();
    await library.close();
    return [{ check, ok: true, text }, ...problems.map((problem) => ({ check, ok: false, text: problem }))];
  } catch (error) {
    return [{ check, ok: false, text: messageOf(error) }];
  }
}

/** Each endpoint is asked for one word, and for what it does its own way; where no model is set, what could be used is named. */
export async function checkModels(settings: Settings, signal: AbortSignal): Promise<readonly Check[]> {
  const roles = Object.entries(settings.models) as [ModelRole, ModelSettings][];
  if (roles.length === 0) return [await offeredModels(settings, signal)];
  const checks: Check[] = [];
  const asked = new Map<string, Awaited<ReturnType<typeof checkModel>>>();
  for (const [role, model] of roles) {
    const key = JSON.stringify([model.baseUrl, model.name, model.apiKey]);
    const before = asked.get(key);
    const { check: found, settings: named } = before ?? (await checkModel(model, signal));
    asked.set(key, { check: found, settings: named });
    const check = `model (${role})`;
    checks.push({ ...found, check });
    if (before === undefined && found.ok && !isGguf(named))
      checks.push(...(await checkQuirks(check, named, signal)));
  }
  return checks;
}

/** @returns the check, and the settings with the name that was asked for */
async function checkModel(
  model: ModelSettings,
  signal: AbortSignal,
): Promise<{ readonly check: Check; readonly settings: ModelSettings }> {
  const check = 'model';
  try {
    const { actor = model } = await nameModels({ actor: model }, (url, key) =>
      resolveModelName(url, key, signal),
    );
    const found = await (isGguf(actor) ? checkGguf : checkEndpoint)(actor, signal);
    const text = found.ok ? found.detail : found.whatToDo;
    return { check: { check, ok: found.ok, text }, settings: actor };
  } catch (error) {
    signal.throwIfAborted();
    return { check: { check, ok: false, text: messageOf(error) }, settings: model };
  }
}

/** The moderation model, where one is set: while it does not answer, every line is held back. */
export async function checkModeration(
  { moderation }: Settings,
  signal: AbortSignal,
): Promise<readonly Check[]> {
  if (!moderation) return [];
  const check = 'moderation';
  try {
    await createOpenAiModeration(moderation).check('Good evening.', signal);
    return [{ check, ok: true, text: `${moderation.name} looks at what is said` }];
  } catch (error) {
    signal.throwIfAborted();
    return [{ check, ok: false, text: `until it answers, every line is held back: ${messageOf(error)}` }];
  }
}

/** The embeddings model, where one is set: while it does not answer, memory is searched by words alone. */
export async function checkEmbeddings({ embed }: Settings, signal: AbortSignal): Promise<readonly Check[]> {
  if (!embed) return [];
  const check = 'embeddings';
  try {
    const [vector] = await createOpenAiEmbeddings({ ...embed, attempts: 1 }).embed(['Good evening.'], signal);
    return [{ check, ok: true, text: `${embed.name} answers, ${vector?.length} numbers a text` }];
  } catch (error) {
    signal.throwIfAborted();
    const text = `until it answers, memory is searched by words alone: ${messageOf(error)}`;
    return [{ check, ok: false, text }];
  }
}

/** The operator’s own principles, where there is such a file: with a mistake in it nothing starts. */
export function checkPrinciples(path = OWN_PRINCIPLES): readonly Check[] {
  if (!existsSync(path)) return [];
  const check = 'principles';
  try {
    return [{ check, ok: true, text: `${principlesIn(path).length}, with those of data/principles.yaml` }];
  } catch (error) {
    return [{ check, ok: false, text: messageOf(error) }];
  }
}

async function offeredModels({ bareKey, understudyForced }: Settings, signal: AbortSignal): Promise<Check> {
  const found = understudyForced ? [] : await findModels({ bareKey, signal });
  const offers = found.map(
    ({ modelName, baseUrl, costs }) =>
      `${modelName} (MODEL=${modelName} OPENAI_BASE_URL=${baseUrl}${costs ? ', it costs' : ''})`,
  );
  const text =
    offers.length > 0
      ? `none is set, the scripted demo plays. You could use: ${offers.join('; ')}`
      : 'none is set, the scripted demo plays. To connect one: MODEL and OPENAI_BASE_URL in .env';
  return { check: 'model', ok: true, text };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
