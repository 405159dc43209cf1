import { get, halved, masked, repeat, set, type Code, type Local, type ValueType } from './instructions.js';
import { four, single, type Lanes } from './lanes.js';

/** A function of our module: it works on memory and gives nothing. */
export interface SimdFunction {
  readonly parameters: readonly ValueType[];
  /** The types of its variables, which are numbered after the parameters. */
  readonly variables: readonly ValueType[];
  readonly code: Code;
}

/** A function in the making; the only mutable thing are the lists inside. */
export interface FunctionBuilder {
  /** The next parameter; all come before the first variable. */
  parameter(type?: ValueType): Local;
  variable(type?: ValueType): Local;
  finish(code: Code): SimdFunction;
}

/** Starts a function. */
export function startFunction(): FunctionBuilder {
  const parameters: ValueType[] = [];
  const variables: ValueType[] = [];
  return {
    parameter(type = 'i32') {
      parameters.push(type);
      return { index: parameters.length - 1, type };
    },
    variable(type = 'i32') {
      variables.push(type);
      return { index: parameters.length + variables.length - 1, type };
    },
    finish: (code) => ({ parameters, variables, code }),
  };
}

/** Goes over so many values, four at a time and then one at a time. */
export function overValues(builder: FunctionBuilder, count: Local, body: (lanes: Lanes) => Code): Code {
  const left = builder.variable();
  return [
    ...set(left, halved(get(count), 2)),
    ...repeat(left, body(four)),
    ...set(left, masked(get(count), 3)),
    ...repeat(left, body(single)),
  ];
}
