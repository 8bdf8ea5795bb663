import { counted, grouped } from '../../report/numbers.ts';
import type { GateResult } from '../table/gate.ts';
import { percent } from './blocks.ts';
import type { GatesReport } from './gates-report.ts';

export const STATES: Readonly<Record<GateResult['state'], string>> = {
  pass: 'passes',
  warn: 'warning',
  fail: 'fails',
  unmeasured: 'not measured',
  off: 'off',
};

/** A value in its unit. */
export function valueWords(value: number | null, unit: GateResult['unit']): string {
  if (value === null) return '–';
  switch (unit) {
    case 'share':
      return percent(value);
    case 'count':
      return grouped(value);
    case 'bits':
      return `${value.toFixed(2)} bits`;
    case 'tokens':
    case 'characters':
      return counted(Math.round(value), unit.slice(0, -1));
    case 'score':
      return value.toFixed(2);
  }
}

/** `at most 1.0 %` */
export function limitWords({ rule, limit, unit, state, n }: GateResult): string {
  if (state === 'off') return 'switched off';
  if (state === 'unmeasured' && n > 0) return `too few: ${grouped(n)}`;
  return `${rule === 'at-most' ? 'at most' : 'at least'} ${valueWords(limit, unit)}`;
}

/** `2 gates fail, 1 warns, 14 pass` */
export function verdictWords({ gates }: Pick<GatesReport, 'gates'>): string {
  const n = (state: GateResult['state']) => gates.filter((gate) => gate.state === state).length;
  const [fail, warn] = [n('fail'), n('warn')];
  const parts = [
    `${fail} of ${counted(gates.length, 'gate')} ${fail === 1 ? 'fails' : 'fail'}`,
    `${warn} ${warn === 1 ? 'warns' : 'warn'}`,
    `${n('pass')} pass`,
    ...(n('unmeasured') > 0 ? [`${n('unmeasured')} not measured`] : []),
    ...(n('off') > 0 ? [`${n('off')} off`] : []),
  ];
  return parts.join(', ');
}
