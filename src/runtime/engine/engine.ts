import { failWith, problem, type Failure, type Outcome } from '../outcome.js';

/** The engines that run models: WebAssembly, plain JavaScript as a reference, and TensorFlow's native library. */
export const engineNames = ['wasm', 'cpu', 'node'] as const;

/** One of the engines. */
export type EngineName = (typeof engineNames)[number];

/** An engine that is ready; TensorFlow.js' operations go to it from now on. */
export interface Engine {
  readonly name: EngineName;
  /** What `--verbose` tells: why it isn't another one, which kernels are ours. */
  readonly notes: readonly string[];
}

/** What opening an engine depends on. */
export interface EngineOptions {
  /**
   * Finds the folder or address of the WebAssembly files, with a slash at its end, or says why it can't: asked before
   * anything is tried, since the module prints its own complaints. By default they lie beside the package's code.
   */
  readonly findWasmFolder?: () => Outcome<string>;
  /** Finds tfjs-node and gives what loads it, or says that it isn't there; without it there is no native engine. */
  readonly findNativePackage?: () => Outcome<() => void>;
}

/** Says that an engine can't be opened, and what to do about it. */
export function engineUnavailable(name: EngineName, why: string, help: string): Failure {
  return failWith(problem('engine-unavailable', `the engine \`${name}\` can't be used: ${why}`, help));
}
