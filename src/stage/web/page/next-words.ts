/**
 * Who is next and why, as one sentence in two halves: the name, and what follows it.
 * `Mr. Darcy`, `, he was just insulted`; `Mr. Darcy`, ` was called`.
 *
 * @param names of those in the scene: a reason that begins with one keeps its capital
 */
export function reasonAfter(name: string, why: string, names: readonly string[]): string {
  const reason = why.replace(/\s+/gu, ' ').replace(/[.\s]+$/u, '');
  if (reason.toLowerCase().startsWith(`${name.toLowerCase()} `)) return reason.slice(name.length);
  const [first = ''] = reason.split(/[^\p{L}\p{N}]/u);
  const isName = names.some((one) => one.split(/[^\p{L}\p{N}]/u).includes(first));
  const begun = isName || first === 'I' ? reason : reason.charAt(0).toLowerCase() + reason.slice(1);
  return `, ${begun}`;
}
