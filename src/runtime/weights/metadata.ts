/** What stands beside weights in their file: the model's name and the names of the classes. */
export function metadataOf(model: string, classes: readonly string[]): ReadonlyMap<string, string> {
  return new Map([
    [modelKey, model],
    [classesKey, JSON.stringify(classes)],
  ]);
}

/** The names of the classes, where a file of weights has exactly as many as the model. */
export function classesIn(
  metadata: ReadonlyMap<string, string>,
  count: number,
): readonly string[] | undefined {
  const parsed = parse(metadata.get(classesKey) ?? '');
  if (!Array.isArray(parsed) || parsed.length !== count) return undefined;
  const names = parsed.filter((name) => typeof name === 'string');
  return names.length === count ? names : undefined;
}

const modelKey = 'model';
const classesKey = 'classes';

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
