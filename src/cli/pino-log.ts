import pino, { type DestinationStream, type Level } from 'pino';
import type { Log } from '../log.ts';
import type { Redact } from './redact.ts';

/**
 * The engine's log as JSON lines. Written to stderr by the caller: stdout belongs to the command.
 *
 * @param redact goes over every line before it is written
 */
export function createPinoLog(
  level: Level | 'silent',
  destination: DestinationStream,
  redact: Redact = (line) => line,
): Log {
  const timestamp = pino.stdTimeFunctions.isoTime;
  const logger = pino({ level, base: null, timestamp, hooks: { streamWrite: redact } }, destination);
  return {
    debug: (event, facts) => logger.debug({ ...facts }, event),
    info: (event, facts) => logger.info({ ...facts }, event),
    warn: (event, facts) => logger.warn({ ...facts }, event),
    error: (event, facts) => logger.error({ ...facts }, event),
  };
}
