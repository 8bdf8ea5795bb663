import pino, { type DestinationStream, type Level } from 'pino';
import type { Log } from '../log.ts';

/** The engine's log as JSON lines. Written to stderr by the caller: stdout belongs to the command. */
export function createPinoLog(level: Level | 'silent', destination: DestinationStream): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    debug: (event, facts) => logger.debug({ ...facts }, event),
    info: (event, facts) => logger.info({ ...facts }, event),
    warn: (event, facts) => logger.warn({ ...facts }, event),
    error: (event, facts) => logger.error({ ...facts }, event),
  };
}
