import type { Rules } from '../../config/room-settings.ts';
import { say, type Text } from '../../words/text.ts';
import type { SettingPlace } from '../settings/settings-api.ts';
import type { PersonFacts } from './access-api.ts';

type Lists = Pick<
  Rules,
  'sceneChannels' | 'blockedChannels' | 'playerRoles' | 'allowedPeople' | 'blockedRoles'
>;

/** So many channels or roles are named in a sentence. */
const MOST_NAMED = 5;

/** Why somebody may not play in a place, by its lists of channels and roles; undefined where they may. */
export function refusalIn(rules: Lists, place: SettingPlace, person: PersonFacts): Text | undefined {
  return closedBy(rules, place) ?? refusalOfPerson(rules, person);
}

/**
 * Why no scenes are played in a place, by the lists of channels. The nearest that is listed counts: a
 * thread, its channel, their category.
 */
export function closedBy(
  { sceneChannels, blockedChannels }: Pick<Lists, 'sceneChannels' | 'blockedChannels'>,
  place: SettingPlace,
): Text | undefined {
  for (const channel of channelsAround(place)) {
    if (blockedChannels.includes(channel)) return 'No scenes are played in this channel.';
    if (sceneChannels.includes(channel)) return undefined;
  }
  if (sceneChannels.length === 0) return undefined;
  const channels = named(sceneChannels, (id) => `<#${id}>`);
  return say('No scenes are played in this channel, but in {{channels}}.', { channels });
}

/** A role that was deleted is nobody's, so it matches no one. */
function refusalOfPerson({ playerRoles, allowedPeople, blockedRoles }: Lists, person: PersonFacts) {
  const { id, roles = [] } = person;
  if (allowedPeople.includes(id)) return undefined;
  if (roles.some((role) => blockedRoles.includes(role))) {
    return 'You have a role whose members may not play here.';
  }
  if (playerRoles.length === 0 || roles.some((role) => playerRoles.includes(role))) return undefined;
  const list = named(playerRoles, (role) => `<@&${role}>`);
  return say('Only members with one of these roles may play here: {{list}}.', { list });
}

/** Ids of the channels that a place is or lies in, the nearest first. */
function channelsAround({ scene, parent, category }: SettingPlace): readonly string[] {
  // A scene that has left its place is known by its log, `<scene id>#<number>`.
  const own = scene.slice(scene.indexOf(':') + 1).replace(/#\d+$/u, '');
  return [own, parent, category].filter((id) => id !== undefined);
}

function named(ids: readonly string[], mention: (id: string) => string): string {
  return [...ids.slice(0, MOST_NAMED).map(mention), ...(ids.length > MOST_NAMED ? ['…'] : [])].join(', ');
}
