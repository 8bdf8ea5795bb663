import { type Actor, isPlayerId, playerActorId } from '../../scene/beat.ts';

/** Players by a mention: the name they chose is their own word, and would outlive its erasure here. */
export function calledInLog({ id, name }: Actor): string {
  const user = userIn({ id });
  return user === undefined ? name : personInLog(user);
}

/** The same of a person by their stage user id. */
export function personInLog(user: string): string {
  return `<@${user}>`;
}

/** Stage user id of a player; undefined for anybody else. */
export function userIn({ id }: Pick<Actor, 'id'>): string | undefined {
  return isPlayerId(id) ? id.slice(playerActorId('').length) : undefined;
}
