import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';
import { selectExamples, type DataSet } from '../data/data-set.js';
import { divide } from '../data/split.js';
import { pictureBytes } from '../images/picture.js';
import { failWith, problem, succeed, type Outcome, type RuntimeProblem } from '../outcome.js';
import type { Target } from './load-idx.js';
import { followPictures, holdPictures, type PictureFile } from './picture-files.js';
import { reasonOf, unreadable } from './read-bytes.js';

/** How many bytes the images of a data set may take in the size of the model to be held in memory all at once. */
export const usualHeldBytes = 2 ** 30;

/**
 * Opens a folder that has one folder of PNG or JPEG files for each class, or `train` and `test` (or `val`) with such
 * folders in them. Classes are taken in the order of their names, and one image of each in turn. Images that take no more
 * than the bytes are all read now; of more than that, each is read when it is needed.
 */
export function loadClassFolders(
  name: string,
  folder: string,
  { target, heldBytes }: { readonly target: Target; readonly heldBytes: number },
): Outcome<DataSet> {
  const found = filesOfClasses(folder);
  if (!found.ok) return found;
  const { classes, training, test, problems } = found.value;
  const files = [...training, ...(test ?? [])];
  const bytes = files.length * pictureBytes(target.shape);
  const opened = bytes <= heldBytes ? holdPictures(files, target) : followPictures(files, target, heldBytes);
  if (!opened.ok) return failWith(...problems, ...opened.problems);
  if (problems.length > 0) return failWith(...problems);
  const places = Array.from(files, (_, place) => place);
  const parts =
    test === undefined
      ? divide(opened.value.labels)
      : { training: places.slice(0, training.length), test: places.slice(training.length) };
  const notes = [
    ...(test === undefined
      ? [`${name} has no folder of test images: a fifth of each class is kept for tests`]
      : []),
    ...(bytes <= heldBytes ? [] : [followed(files.length, bytes, heldBytes)]),
  ];
  return succeed({
    name,
    classes,
    training: selectExamples(opened.value, parts.training),
    test: selectExamples(opened.value, parts.test),
    notes,
  });
}

function followed(count: number, bytes: number, heldBytes: number): string {
  const taken = `${String(count)} images take ${String(bytes)} bytes in the model’s size`;
  return `${taken}: ${String(heldBytes)} of them are held in memory, the others are read as they are needed`;
}

/** The files of a data set: those for tests apart where they have a folder of their own. */
interface ClassFiles {
  readonly classes: readonly string[];
  readonly training: readonly PictureFile[];
  readonly test: readonly PictureFile[] | undefined;
  /** What is wrong with some of the folders. */
  readonly problems: readonly RuntimeProblem[];
}

function filesOfClasses(folder: string): Outcome<ClassFiles> {
  const top = foldersIn(folder);
  if (!top.ok) return top;
  const training = top.value.find((entry) => entry === 'train');
  const test = top.value.find((entry) => entry === 'test') ?? top.value.find((entry) => entry === 'val');
  if (training === undefined) return filesOfOnly(folder, top.value);
  const classes = foldersIn(join(folder, training));
  if (!classes.ok) return classes;
  const trained = filesOf(join(folder, training), classes.value);
  if (test === undefined) {
    const { files, problems } = trained;
    return succeed({ classes: classes.value, training: files, test, problems });
  }
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
  const tested = filesOf(join(folder, test), present);
  return succeed({
    classes: classes.value,
    training: trained.files,
    test: tested.files,
    problems: [...trained.problems, ...tested.problems],
  });
}

function filesOfOnly(folder: string, classes: readonly string[]): Outcome<ClassFiles> {
  if (classes.length === 0) {
    return failWith(
      problem(
        'no-data',
        `${folder} has neither IDX files nor folders of images`,
        'a data set is `mnist`, a folder of IDX files, or a folder with one folder of PNG or JPEG files for each class',
      ),
    );
  }
  const { files, problems } = filesOf(folder, classes);
  return succeed({ classes, training: files, test: undefined, problems });
}

/** All images of the classes; a class that isn't there keeps its number. */
function filesOf(
  folder: string,
  classes: readonly (string | undefined)[],
): { readonly files: readonly PictureFile[]; readonly problems: readonly RuntimeProblem[] } {
  const problems: RuntimeProblem[] = [];
  const paths = classes.map((entry) => {
    const images = entry === undefined ? succeed([]) : imagesIn(join(folder, entry));
    if (!images.ok) problems.push(...images.problems);
    return images.ok ? images.value : [];
  });
  return { files: inTurn(paths), problems };
}

/** One file of each class in turn, as long as there are some, so that the first images are of all classes. */
function inTurn(classes: readonly (readonly string[])[]): readonly PictureFile[] {
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
