import type { WireLoreCall } from '../behind-shapes.ts';

/** An entry of lore, and why it stood in a prompt. */
export function loreCallWords({ name, why, key, beat }: WireLoreCall): string {
  const found = key === undefined ? WHY[why] : `${WHY[why]} “${key}”`;
  return `${name} (${beat === undefined ? found : `${found} in #${beat}`})`;
}

const WHY: Readonly<Record<WireLoreCall['why'], string>> = {
  key: 'for',
  constant: 'always',
  sticky: 'stays',
  recursion: 'from another entry:',
};
