/** The engines that run models: WebAssembly, plain JavaScript as a reference, and TensorFlow's native library. */
export type EngineName = 'wasm' | 'cpu' | 'node';

/** An engine that is ready; TensorFlow.js' operations go to it from now on. */
export interface Engine {
  readonly kind: 'engine';
  readonly name: EngineName;
  /** What `--verbose` tells: why it isn't another one, which kernels are ours. */
  readonly notes: readonly string[];
}

/** Why an engine can't be opened. */
export interface EngineProblem {
  readonly kind: 'engine-problem';
  readonly name: EngineName;
  readonly message: string;
  readonly help: string;
}

/** What opening an engine depends on. */
export interface EngineOptions {
  /** The folder or address of the WebAssembly files, with a slash at its end; by default beside the package's code. */
  readonly wasmFolder?: string;
}
