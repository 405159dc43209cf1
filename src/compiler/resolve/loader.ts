import type { Source } from '../../diagnostics/source.js';

/** What a loader made of a request. */
export type Loaded =
  | { readonly kind: 'loaded'; readonly id: string; readonly source: Source }
  | {
      readonly kind: 'refused';
      /** `missing`: no such file. `outside`: it leads out of the root. `not-a-file`, `unreadable`: as they say. */
      readonly reason: 'missing' | 'outside' | 'not-a-file' | 'not-cnn' | 'unreadable' | 'no-files';
      /** A few more words, of this program's own making. */
      readonly detail?: string;
      /** Files that are there under a similar name. */
      readonly nearby?: readonly string[];
    };

/** Reads the files that an import names; the compiler itself never touches a file system. */
export interface Loader {
  /** `request` is as written, `./blocks.cnn`; `importer` is the id of the file that it stands in. */
  load(request: string, importer: string): Loaded;
}
