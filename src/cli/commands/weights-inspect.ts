import { escapeForTerminal } from '../../diagnostics/escape.js';
import { alignColumns } from '../../report/columns.js';
import { jsonObject, writeJson } from '../../report/json.js';
import { textAtLineStart } from '../../report/line-start.js';
import { grouped } from '../../report/training-text.js';
import { loadWeights } from '../../runtime/node/load-weights.js';
import type { WeightFile } from '../../runtime/weights/weight-file.js';
import { endedBy } from '../ended.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Io } from '../io.js';
import { weightsPath } from '../read-weights.js';

/** Lists the arrays of a file of weights: names, shapes, types, bytes, and the texts beside them. */
export function weightsInspect(
  io: Io,
  path: string,
  { format }: { readonly format: string },
): Promise<ExitCode> {
  const loaded = loadWeights(weightsPath(path));
  if (!loaded.ok) return Promise.resolve(endedBy(io, loaded).exitCode);
  io.out.write(format === 'json' ? jsonOf(path, loaded.value) : textOf(path, loaded.value));
  return Promise.resolve(exitCodes.well);
}

interface Row {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: string;
  readonly bytes: number;
}

function rowsOf({ weights, stored }: WeightFile): readonly Row[] {
  return [...weights].map(([name, { shape }]) => {
    const { type, bytes } = stored.get(name) ?? { type: '', bytes: 0 };
    return { name, shape, type, bytes };
  });
}

function textOf(path: string, file: WeightFile): string {
  const rows = rowsOf(file);
  const table = alignColumns(
    [
      { title: 'array', align: 'left' },
      { title: 'shape', align: 'left' },
      { title: 'type', align: 'left' },
      { title: 'bytes', align: 'right' },
    ],
    rows.map(({ name, shape, type, bytes }) => [
      textAtLineStart(name),
      shape.length === 0 ? '1' : shape.join('×'),
      escapeForTerminal(type),
      grouped(bytes),
    ]),
  );
  const values = [...file.weights.values()].reduce((sum, array) => sum + array.values.length, 0);
  const bytes = rows.reduce((sum, row) => sum + row.bytes, 0);
  const metadata = [...file.metadata].map(
    ([name, text]) => `${textAtLineStart(name)}: ${escapeForTerminal(shortened(text))}`,
  );
  const notes = file.notes.map((note) => `note: ${escapeForTerminal(note)}`);
  const total = `${grouped(rows.length)} arrays, ${grouped(values)} numbers, ${grouped(bytes)} bytes`;
  const head = `${textAtLineStart(path)}: ${escapeForTerminal(file.format)}`;
  return [head, '', ...table, '', total, ...metadata, ...notes].map((line) => `${line}\n`).join('');
}

function jsonOf(path: string, file: WeightFile): string {
  const arrays = rowsOf(file).map((row) => jsonObject({ ...row }));
  const { format, metadata, notes } = file;
  return writeJson(jsonObject({ formatVersion: 1, file: path, format, arrays, metadata, notes }));
}

function shortened(text: string): string {
  return text.length > 200 ? `${text.slice(0, 200)}…` : text;
}
