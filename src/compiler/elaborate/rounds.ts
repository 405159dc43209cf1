const words = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'];

/** `third round of \`for\``, counted from 0. */
export function roundText(round: number, loop: 'for' | 'repeat'): string {
  return `${words[round] ?? `${String(round + 1)}${suffix(round + 1)}`} round of \`${loop}\``;
}

function suffix(count: number): string {
  const tens = count % 100;
  if (tens >= 11 && tens <= 13) return 'th';
  return ['th', 'st', 'nd', 'rd'][count % 10] ?? 'th';
}
