import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult, MutantStatus } from '@stryker-mutator/api/core';

const NOTICED: readonly MutantStatus[] = ['Killed', 'Timeout'];
const MISSED: readonly MutantStatus[] = ['Survived', 'NoCoverage'];

/** A mutant, and what became of it; `fileName` from the root of the repository. */
export type Told = Pick<MutantResult, 'fileName' | 'status' | 'location' | 'mutatorName' | 'replacement'>;

const count = (mutants: readonly Told[], statuses: readonly MutantStatus[]) =>
  mutants.filter(({ status }) => statuses.includes(status)).length;

/** Mutants noticed of those that count, in per cent; what cannot be compiled or is ignored does not count. */
export function scoreOf(mutants: readonly Told[]): number {
  const noticed = count(mutants, NOTICED);
  return (100 * noticed) / Math.max(1, noticed + count(mutants, MISSED));
}

/** A table for people: a line for each file of a room, the room itself last. */
export function tableOf(room: string, mutants: readonly Told[]): string {
  const files = Object.entries(Object.groupBy(mutants, ({ fileName }) => fileName)).sort();
  const line = (name: string, of: readonly Told[]) =>
    [
      name.padEnd(52),
      `${scoreOf(of).toFixed(1).padStart(6)} %`,
      `${count(of, NOTICED)} noticed`.padStart(14),
      `${count(of, MISSED)} missed`.padStart(12),
    ].join(' ');
  return [...files.map(([name, of = []]) => line(name, of)), line(room, mutants), ''].join('\n');
}

/** The mutants that nobody noticed, each with its line and what stood there instead. */
export function survivorsOf(mutants: readonly Told[], root: string): string {
  const lines = new Map<string, string[]>();
  const missed = mutants.filter(({ status }) => MISSED.includes(status));
  const told = missed.map(({ fileName, location: { start, end }, mutatorName, replacement, status }) => {
    const text = lines.get(fileName) ?? readFileSync(join(root, fileName), 'utf8').split('\n');
    lines.set(fileName, text);
    const stood = text.slice(start.line - 1, end.line);
    const cut = stood.length === 1 ? stood[0]?.slice(start.column - 1, end.column - 1) : stood.join('\n');
    return `${fileName}:${start.line}:${start.column} ${mutatorName} ${status}\n- ${cut}\n+ ${replacement}\n`;
  });
  return told.join('\n');
}
