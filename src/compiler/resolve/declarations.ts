import type { Source } from '../../diagnostics/source.js';
import type { Alias, Block, FileTree, Let, Model, Train, Variants } from '../../parser/ast.js';

/** A file with what its names mean. */
export interface Module {
  /** Tells files apart: the same file by two ways has one id. */
  readonly id: string;
  readonly source: Source;
  readonly tree: FileTree;
  /** What the file declares and imports, by the name that it has here. */
  readonly names: ReadonlyMap<string, Declaration>;
  readonly trainings: readonly Train[];
  readonly variants: readonly Variants[];
  /** What may stand in the text that could not be read; nothing where all could. */
  readonly lost: Lost | undefined;
  /** The names that it should have got from other files. */
  readonly missing: ReadonlySet<string>;
}

/** Names about which nothing can be said, since where they are declared or used could not be read. */
export interface Lost {
  /** True of a name that may be declared there. */
  readonly declares: (name: string) => boolean;
  /** True of a name that stands there. */
  readonly mentions: (name: string) => boolean;
  /** True where one of them is the name of a layer too, which it would be taken for without its declaration. */
  readonly isMistakable: boolean;
}

/** Something with a name at the level of a file. */
export type Declaration = BlockDeclaration | AliasDeclaration | LetDeclaration;

/** A block or a model; a model can be used as a block. */
export interface BlockDeclaration {
  readonly kind: 'block';
  readonly tree: Block | Model;
  readonly module: Module;
}

export interface AliasDeclaration {
  readonly kind: 'alias';
  readonly tree: Alias;
  readonly module: Module;
}

/** A constant or a function. */
export interface LetDeclaration {
  readonly kind: 'let';
  readonly tree: Let;
  readonly module: Module;
}

/** The name that a declaration was given where it stands. */
export function nameOf(declaration: Declaration): string {
  return declaration.tree.name.text;
}

/** What a declaration is, for messages. */
export function describeDeclaration(declaration: Declaration): string {
  switch (declaration.kind) {
    case 'block':
      return declaration.tree.kind;
    case 'alias':
      return 'model';
    case 'let':
      return declaration.tree.parameters === undefined ? 'constant' : 'function';
  }
}
