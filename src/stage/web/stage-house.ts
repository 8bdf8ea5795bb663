import type { Library } from '../../cast/library/library-api.ts';
import type { Command } from '../../engine/command/command.ts';
import type { Engine } from '../../engine/engine-api.ts';
import type { Log } from '../../log.ts';
import type { Connect, HouseFacts, NamedModels } from './house.ts';
import type { LineKeys } from './line-keys.ts';
import type { Room } from './room.ts';
import type { SceneDoor } from './scene-door.ts';
import type { ServerMessage } from './server-message.ts';
import type { Offer } from './wire-shapes.ts';

/** What every session of one running web stage shares. */
export type StageHouse = {
  readonly engine: Engine;
  readonly library: Library;
  readonly commands: readonly Command[];
  readonly room: Room;
  readonly door: SceneDoor;
  readonly lineKeys: LineKeys;
  /** New with every start of the process. */
  readonly run: string;
  readonly facts: () => HouseFacts;
  readonly offers: () => Promise<readonly Offer[]>;
  readonly connect: Connect;
  readonly models: NamedModels;
  readonly log: Log;
  readonly signal: AbortSignal;
  /** To every session. */
  announce(message: ServerMessage): void;
};
