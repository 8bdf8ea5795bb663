import type { Settings } from '../config/environment.ts';
import type { Models } from '../engine/models.ts';
import type { HouseFact } from '../stage/web/house.ts';
import { render } from '../words/render.ts';
import { type Message, say } from '../words/text.ts';

/**
 * Which stage, model and store play, and how to change each; in words, without secrets.
 *
 * @param connecting what else can be done about the model, where the stage offers it
 */
export function houseFacts(
  settings: Pick<Settings, 'storeUrl' | 'models'>,
  models: Models,
  stage: Omit<HouseFact, 'what'>,
  connecting = '',
): readonly HouseFact[] {
  return [
    { what: 'stage', ...stage },
    {
      what: 'model',
      is: playingModels(models, settings),
      change: `set MODEL and OPENAI_BASE_URL in .env${connecting}`,
    },
    { what: 'store', is: storeWords(settings.storeUrl), change: 'set STORE_URL in .env' },
  ];
}

function playingModels({ actor, director, narrator }: Models, settings: Pick<Settings, 'models'>): string {
  if (!actor) return 'the scripted demo, which reads from a script (no model is connected)';
  const place = modelPlace(settings, actor.name);
  const others = [director?.name, narrator?.name].filter((name) => name !== undefined && name !== actor.name);
  const beside = others.length > 0 ? `, beside it ${[...new Set(others)].join(', ')}` : '';
  return `${actor.name}${place ? ` ${render(place)}` : ''}${beside}`;
}

/** Where the text of a scene goes, in words; undefined for a model that no setting names. */
export function modelPlace({ models }: Pick<Settings, 'models'>, name: string): Message | undefined {
  const settings = Object.values(models).find((model) => model.name === name);
  if (!settings) return undefined;
  const { protocol, hostname, host } = new URL(settings.baseUrl);
  if (protocol === 'file:') return say('on this machine');
  return isThisMachine(hostname) ? say('on this machine ({{host}})', { host }) : say('at {{host}}', { host });
}

function isThisMachine(host: string): boolean {
  return ['127.0.0.1', 'localhost', '::1', '[::1]'].includes(host);
}

/** A STORE_URL as people say it; without its password. */
export function storeWords(url: string): string {
  if (url.startsWith('memory:')) return 'memory, everything is gone when it ends';
  if (url.startsWith('sqlite://')) return `the file ${url.slice('sqlite://'.length)}`;
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
