import { base64 } from './base64.js';

/** Types of values, as a GraphDef names them. */
export type DataType = 'DT_FLOAT' | 'DT_INT32';

/** One attribute of an operation in the JSON form of a GraphDef: whole numbers as text, text in base 64. */
export type Attribute =
  | { readonly type: DataType }
  | { readonly i: string }
  | { readonly f: number }
  | { readonly b: boolean }
  | { readonly s: string }
  | { readonly shape: TensorShape }
  | { readonly tensor: { readonly dtype: DataType; readonly tensorShape: TensorShape } }
  | { readonly list: List };

/** Several values of one kind. */
type List =
  | { readonly i: readonly string[] }
  | { readonly s: readonly string[] }
  | { readonly type: readonly DataType[] };

/** The attributes of an operation by their names. */
export type Attributes = Readonly<Record<string, Attribute>>;

/** The sizes of a tensor; -1 where a size is open. */
export interface TensorShape {
  readonly dim: readonly { readonly size: string }[];
}

/** A type of values. */
export function type(name: DataType): Attribute {
  return { type: name };
}

/** A whole number. */
export function integer(value: number): Attribute {
  return { i: String(value) };
}

/** A number. */
export function float(value: number): Attribute {
  return { f: value };
}

/** Yes or no. */
export function boolean(value: boolean): Attribute {
  return { b: value };
}

/** A word of the format, such as `SAME`. */
export function word(text: string): Attribute {
  return { s: base64(text) };
}

/** Several whole numbers. */
export function integers(values: readonly number[]): Attribute {
  return { list: { i: values.map(String) } };
}

/** Several words. */
export function words(texts: readonly string[]): Attribute {
  return { list: { s: texts.map(base64) } };
}

/** Several types of values. */
export function types(names: readonly DataType[]): Attribute {
  return { list: { type: names } };
}

/** Sizes as an attribute. */
export function sizes(values: readonly number[]): Attribute {
  return { shape: tensorShape(values) };
}

/** What stands for the values of a constant, which are among the weights. */
export function constantOf(dtype: DataType, shape: readonly number[]): Attribute {
  return { tensor: { dtype, tensorShape: tensorShape(shape) } };
}

/** Sizes as the format writes them. */
export function tensorShape(values: readonly number[]): TensorShape {
  return { dim: values.map((size) => ({ size: String(size) })) };
}
