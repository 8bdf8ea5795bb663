import type { RequestBody } from './request-body.ts';
import { type OptionalPart, partToLeaveOut } from './request-fallbacks.ts';

/**
 * Sends a request, again without what the server refuses, until it takes one. What was left out then is
 * left out from then on.
 *
 * @param build writes the request without some of its optional parts
 */
export type SendWhatFits = <T>(
  build: (leftOut: ReadonlySet<OptionalPart>) => RequestBody,
  post: (body: RequestBody) => Promise<T>,
) => Promise<T>;

/** Remembers for one model what its server refuses. */
export function createSendWhatFits(): SendWhatFits {
  const refused = new Set<OptionalPart>();
  return async (build, post) => {
    const leftOut = new Set(refused);
    for (;;) {
      const body = build(leftOut);
      try {
        const reply = await post(body);
        // Only now is it known that leaving these out was what helped.
        for (const part of leftOut) refused.add(part);
        return reply;
      } catch (error) {
        const part = partToLeaveOut(error, body.sent);
        if (part === undefined) throw error;
        leftOut.add(part);
      }
    }
  };
}
