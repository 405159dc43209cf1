import { declaresModel } from './compile-entry.js';
import type { ModelFlags } from './flags.js';
import { statFile } from './stat-file.js';

/** Tells a model from the images behind it: the first word may be either. */
export function modelAndImages(
  file: string,
  words: readonly string[],
  flags: ModelFlags,
): { readonly model: string | undefined; readonly images: readonly string[] } {
  const [first, ...others] = words;
  return first !== undefined && isModel(file, first, flags)
    ? { model: first, images: others }
    : { model: undefined, images: words };
}

/** A word that is no image is a model even where the file declares none of that name: the compiler knows its neighbours. */
function isModel(file: string, word: string, flags: ModelFlags): boolean {
  if (declaresModel(file, word, flags)) return true;
  return !/\.(?:png|jpe?g)$/i.test(word) && statFile(word) === undefined;
}
