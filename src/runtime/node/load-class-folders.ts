import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { selectExamples, type DataSet, type Examples } from '../data/data-set.js';
import { divide } from '../data/split.js';
import { fitPicture } from '../images/fit.js';
import { failWith, problem, succeed, type Outcome, type RuntimeProblem } from '../outcome.js';
import { loadPicture } from './load-picture.js';
import type { Target } from './load-idx.js';
import { reasonOf, unreadable } from './read-bytes.js';

/** More bytes than this the images of a data set may not take in the size of the model. */
const maximumBytes = 2 ** 30;

/**
 * Loads a folder that has one folder of PNG or JPEG files for each class, or `train` and `test` (or `val`) with such
 * folders in them. Classes are taken in the order of their names, and one image of each in turn.
 */
export function loadClassFolders(name: string, folder: string, target: Target): Outcome<DataSet> {
  const top = foldersIn(folder);
  if (!top.ok) return top;
  const training = top.value.find((entry) => entry === 'train');
  const test = top.value.find((entry) => entry === 'test') ?? top.value.find((entry) => entry === 'val');
  if (training === undefined) return loadAndDivide(name, folder, top.value, target);
  const classes = foldersIn(join(folder, training));
  if (!classes.ok) return classes;
  const examples = loadClasses(join(folder, training), classes.value, target);
  if (!examples.ok) return examples;
  if (test === undefined) return divided(name, classes.value, examples.value);
  const others = foldersIn(join(folder, test));
  if (!others.ok) return others;
  const unknown = others.value.find((entry) => !classes.value.includes(entry));
  if (unknown !== undefined) {
    const path = join(folder, test, unknown);
    return failWith(
      problem('unknown-class', `${path} is a class that ${join(folder, training)} doesn't have`),
    );
  }
  const present = classes.value.map((entry) => (others.value.includes(entry) ? entry : undefined));
  const tests = loadClasses(join(folder, test), present, target);
  if (!tests.ok) return tests;
  return succeed({ name, classes: classes.value, training: examples.value, test: tests.value, notes: [] });
}

function loadAndDivide(
  name: string,
  folder: string,
  classes: readonly string[],
  target: Target,
): Outcome<DataSet> {
  if (classes.length === 0) {
    return failWith(
      problem(
        'no-data',
        `${folder} has neither IDX files nor folders of images`,
        'a data set is `mnist`, a folder of IDX files, or a folder with one folder of PNG or JPEG files for each class',
      ),
    );
  }
  const examples = loadClasses(folder, classes, target);
  return examples.ok ? divided(name, classes, examples.value) : examples;
}

function divided(name: string, classes: readonly string[], examples: Examples): Outcome<DataSet> {
  const { training, test } = divide(examples.labels);
  return succeed({
    name,
    classes,
    training: selectExamples(examples, training),
    test: selectExamples(examples, test),
    notes: [`${name} has no folder of test images: a fifth of each class is kept for tests`],
  });
}

/** Loads all images of the classes; a class that isn't there keeps its number. */
function loadClasses(
  folder: string,
  classes: readonly (string | undefined)[],
  { shape, fit }: Target,
): Outcome<Examples> {
  const size = shape.height * shape.width * shape.channels;
  const problems: RuntimeProblem[] = [];
  const paths = classes.map((entry) => {
    const images = entry === undefined ? succeed([]) : imagesIn(join(folder, entry));
    if (!images.ok) problems.push(...images.problems);
    return images.ok ? images.value : [];
  });
  const files = inTurn(paths);
  if (files.length * size > maximumBytes) {
    const got = `limit ${String(maximumBytes)} bytes, got ${String(files.length * size)}`;
    return failWith(problem('data-too-large', `${String(files.length)} images of the model's size: ${got}`));
  }
  const pixels = new Uint8Array(files.length * size);
  for (const [index, { path }] of files.entries()) {
    const picture = loadPicture(path);
    if (picture.ok) pixels.set(fitPicture(picture.value, shape, fit).pixels, index * size);
    else problems.push(...picture.problems);
  }
  if (problems.length > 0) return failWith(...problems);
  const labels = Int32Array.from(files, ({ label }) => label);
  return succeed({ ...shape, count: files.length, pixels, labels });
}

/** One file of each class in turn, as long as there are some, so that the first images are of all classes. */
function inTurn(classes: readonly (readonly string[])[]) {
  const longest = Math.max(0, ...classes.map((paths) => paths.length));
  return Array.from({ length: longest }, (_, place) =>
    classes.flatMap((paths, label) => {
      const path = paths[place];
      return path === undefined ? [] : [{ path, label }];
    }),
  ).flat();
}

function foldersIn(folder: string): Outcome<readonly string[]> {
  const entries = entriesOf(folder);
  if (!entries.ok) return entries;
  return succeed(entries.value.filter((entry) => entry.isDirectory()).map(({ name }) => name));
}

function imagesIn(folder: string): Outcome<readonly string[]> {
  const entries = entriesOf(folder);
  if (!entries.ok) return entries;
  const names = entries.value.filter((entry) => entry.isFile()).map(({ name }) => name);
  const images = names.filter((name) => /\.(?:png|jpe?g)$/i.test(name)).map((name) => join(folder, name));
  return images.length > 0
    ? succeed(images)
    : failWith(problem('empty-class', `${folder} has no PNG or JPEG files`));
}

/** What a folder holds, by name; hidden entries aside. */
function entriesOf(folder: string): Outcome<readonly Dirent[]> {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    const shown = entries.filter(({ name }) => !name.startsWith('.'));
    return succeed(shown.sort((one, other) => (one.name < other.name ? -1 : 1)));
  } catch (error) {
    return unreadable(folder, reasonOf(error));
  }
}
