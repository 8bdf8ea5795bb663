/** Where in a file, as people write it: `ways.she-knows.steps[2].turn`. */
export function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((whole, key) => {
    if (typeof key === 'number') return `${whole}[${key}]`;
    return whole ? `${whole}.${String(key)}` : String(key);
  }, '');
}
