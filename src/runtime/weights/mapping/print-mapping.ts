import type { Mapping, MappingEntry, Transformation } from './mapping.js';

/** A mapping as text that people read and edit: one array a line, `theirs -> ours as OIHW->HWIO`. */
export function printMapping({ entries, ignored }: Mapping): string {
  const lines = [...entries.map(entryText), ...ignored.map((name) => `ignore ${nameText(name)}`)];
  return lines.map((line) => `${line}\n`).join('');
}

/** One line of a mapping. */
export function entryText({ theirs, ours, steps }: MappingEntry): string {
  const how = steps.length === 0 ? '' : ` as ${steps.map(stepText).join(', ')}`;
  return `${nameText(theirs)} -> ${nameText(ours)}${how}`;
}

function stepText(step: Transformation): string {
  switch (step.kind) {
    case 'permute':
      return `${step.from}->${step.to}`;
    case 'rows':
      return `rows ${step.from}->${step.to} ${step.sizes.join('x')}`;
    case 'reshape':
      return `reshape ${step.shape.join('x')}`;
  }
}

/** In quotes where it has spaces or could be taken for something else. */
function nameText(name: string): string {
  const isPlain = /^[^\s"#,\p{Cc}\p{Cf}]+$/u.test(name) && !['->', 'as', 'ignore'].includes(name);
  return isPlain ? name : JSON.stringify(name);
}
