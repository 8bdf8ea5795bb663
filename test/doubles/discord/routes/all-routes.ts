import type { Platform } from '../platform.ts';
import type { Route } from '../wire/router.ts';
import { botRoutes } from './bot-routes.ts';
import { channelRoutes } from './channel-routes.ts';
import { commandRoutes } from './command-routes.ts';
import { markRoutes } from './mark-routes.ts';
import { messageRoutes } from './message-routes.ts';
import { serverRoutes } from './server-routes.ts';
import { threadRoutes } from './thread-routes.ts';
import { tokenRoutes } from './token-routes.ts';
import { webhookRoutes } from './webhook-routes.ts';

/** Every endpoint the double knows; `identifies` counts those there were. Pins come before messages: `pins` is not a message's id. */
export function allRoutes(platform: Platform, identifies: () => number): Route[] {
  return [
    ...botRoutes(platform, identifies),
    ...commandRoutes(platform),
    ...channelRoutes(platform),
    ...markRoutes(platform),
    ...messageRoutes(platform),
    ...threadRoutes(platform),
    ...webhookRoutes(platform),
    ...tokenRoutes(platform),
    ...serverRoutes(platform),
  ];
}
