import { existsSync, realpathSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { decode } from '../../parser/decode.js';
import type { Diagnostic } from '../../diagnostics/diagnostic.js';
import { ioFailure, systemReason, usageFailure } from '../failure.js';
import { shownName } from '../loader.js';
import { readRegularFile } from '../read-file.js';
import { configName } from './config-name.js';
import { readConfig, type Config } from './config.js';

/** The flags that choose a configuration. */
export interface ConfigFlags {
  /** A file, or `false` under `--no-config`. */
  readonly config?: string | boolean;
}

/** A configuration with where it lies; or what is wrong with it; or none, which is no mistake. */
export type FoundConfig =
  | {
      readonly kind: 'config';
      readonly config: Config;
      readonly file: string;
      readonly folder: string;
    }
  | { readonly kind: 'wrong'; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: 'none' };

/**
 * The configuration that holds here: the file that `--config` names, else the nearest `cnnc.config.json` from the working
 * folder up to the root of its repository. Outside of a repository only the working folder is looked at.
 */
export function findConfig({ config }: ConfigFlags): FoundConfig {
  if (config === false) return { kind: 'none' };
  const path = typeof config === 'string' ? resolve(config) : nearest(process.cwd());
  return path === undefined ? { kind: 'none' } : readAt(path, config);
}

function nearest(from: string): string | undefined {
  const passed: string[] = [];
  let folder = from;
  for (;;) {
    passed.push(folder);
    const isRepository = existsSync(join(folder, '.git'));
    const above = dirname(folder);
    if (isRepository || above === folder) {
      const searched = isRepository ? passed : passed.slice(0, 1);
      return searched.map((one) => join(one, configName)).find((path) => existsSync(path));
    }
    folder = above;
  }
}

function readAt(path: string, asked: ConfigFlags['config']): FoundConfig {
  const name = shownName(path, process.cwd());
  const read = readRegularFile(path, largest);
  switch (read.kind) {
    case 'read': {
      const decoded = decode(read.bytes, name);
      if (decoded.kind === 'not-text') return { kind: 'wrong', diagnostics: [decoded.diagnostic] };
      const result = readConfig(decoded.source);
      return result.kind === 'wrong'
        ? result
        : { ...result, file: path, folder: realpathSync(dirname(path)) };
    }
    case 'missing':
      throw usageFailure(`no such file: "${typeof asked === 'string' ? asked : name}"`);
    case 'too-large':
      throw usageFailure(
        `the configuration "${name}" is too large: limit ${String(largest)} bytes, got ${String(read.size)}`,
      );
    case 'folder':
    case 'refused':
    case 'not-a-file':
      throw usageFailure(`the configuration "${name}" is not a regular file`);
    case 'unreadable':
      throw ioFailure(`can't read the configuration "${name}": ${systemReason(read.error)}`);
  }
}

const largest = 1 << 20;
