import type { Settings } from '../../config/environment.ts';
import type { Engine } from '../../engine/engine-api.ts';
import { OperatorError } from '../../errors.ts';
import { checkEndpoint, checkOpenGguf } from '../../model/check-endpoint.ts';
import { type FoundModel, findModels } from '../../model/find-models.ts';
import { createGgufFiles, type GgufFiles, isGguf } from '../../model/gguf/gguf-files.ts';
import type { ModelLibrary } from '../../model/gguf/named/model-library.ts';
import { openModels } from '../../model/model-cast.ts';
import { resolveModelName } from '../../model/model-names.ts';
import { endpointUrlSchema, type ModelSettings, modelSettingsSchema } from '../../model/model-settings.ts';
import type { Connect } from '../../stage/web/house.ts';
import type { Offer } from '../../stage/web/wire-shapes.ts';
import { namedInOffer, namedOfferId } from './named-models.ts';

/** Models that could play and were not asked to: offered, and used after one confirmation. */
export type ModelOffers = {
  offers(): Promise<readonly Offer[]>;
  readonly connect: Connect;
};

/** Models that are files: those that were downloaded, and where they are kept open. */
export type OfferedFiles = {
  readonly named?: Pick<ModelLibrary, 'list' | 'settings' | 'toInstall'>;
  /** Who passes it in closes it. */
  readonly files?: GgufFiles;
};

const OPENAI_URL = 'https://api.openai.com/v1';

/**
 * Looks for models when asked to, and lets one play.
 *
 * With `MODEL=understudy` nothing is looked for; what is typed in is used all the same.
 */
export function createModelOffers(
  engine: Engine,
  { bareKey, understudyForced }: Pick<Settings, 'bareKey' | 'understudyForced'>,
  signal: AbortSignal,
  { named, files = createGgufFiles() }: OfferedFiles = {},
): ModelOffers {
  let found: readonly FoundModel[] = [];

  async function settingsFor(choice: Parameters<Connect>[0]): Promise<ModelSettings> {
    if ('offer' in choice) {
      const offered = found.find((model) => offerId(model) === choice.offer.id);
      if (offered) return offered.settings;
      const downloaded = await named?.settings(namedInOffer(choice.offer.id) ?? '');
      if (downloaded) return files.fit(downloaded);
      throw new OperatorError('That model is not there any more. Look again for what is.');
    }
    const { url = OPENAI_URL, key, model } = choice;
    // Files of this machine are the operator’s to name, in .env.
    if (!endpointUrlSchema.safeParse(url).success) throw noAddress();
    const name = model ?? (await resolveModelName(url, key, signal));
    const settings = modelSettingsSchema.safeParse({ name, baseUrl: url, ...(key ? { apiKey: key } : {}) });
    if (settings.success) return settings.data;
    throw noAddress();
  }

  return {
    async offers() {
      if (understudyForced) return [];
      found = await findModels({ bareKey, signal });
      const offers = found.map((model) => ({
        id: offerId(model),
        model: model.modelName,
        where: model.where,
        cost: model.costs ? 'costs money, a little with every turn' : 'free',
      }));
      return [...offers, ...(await downloaded(named))];
    },
    async connect(choice) {
      const settings = await settingsFor(choice);
      const check = await (isGguf(settings)
        ? checkOpenGguf(settings, files, signal)
        : checkEndpoint(settings, signal));
      if (!check.ok) throw new OperatorError(check.whatToDo);
      engine.useModels(openModels({ actor: settings, director: settings, narrator: settings }, { files }));
      return { model: settings.name };
    },
  };
}

/** Of those that are here, what can be played. */
async function downloaded(named: OfferedFiles['named']): Promise<Offer[]> {
  const there = (await named?.list())?.filter(({ state }) => state === 'there') ?? [];
  // Nothing is loaded to find out whether what is not there could be played.
  if (!named || there.length === 0 || (await named.toInstall()) !== undefined) return [];
  return there.map(({ model: { id, name } }) => ({
    id: namedOfferId(id),
    model: name,
    where: 'this machine',
    cost: 'free',
  }));
}

function noAddress(): OperatorError {
  return new OperatorError('The address must begin with http:// or https://, and most end in /v1.');
}

function offerId({ kind, modelName }: FoundModel): string {
  return `${kind}/${modelName}`;
}
