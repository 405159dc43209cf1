import { arch, cpus, platform, totalmem } from 'node:os';
import packageJson from '../../../package.json' with { type: 'json' };
import { targets } from '../../backends/registry.js';
import { alignColumns } from '../../report/columns.js';
import { jsonObject, writeJson, type Json } from '../../report/json.js';
import { bytesText } from '../../report/quantities.js';
import type { EngineName } from '../../runtime/index.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import type { Io, OutputFlags } from '../io.js';

/** The flags of `cnnc doctor`. */
export interface DoctorFlags extends OutputFlags {
  readonly format: string;
}

/** What became of opening one engine. */
type Examined =
  | { readonly name: EngineName; readonly gigaflops: number }
  | { readonly name: EngineName; readonly problem: string; readonly help: string | undefined };

/** The engines in the order in which `auto` looks for them. */
const engines: readonly EngineName[] = ['node', 'wasm', 'cpu'];

/** Shows versions, which engines work and how fast, and what is missing with the command that mends it. */
export async function doctor(io: Io, { format }: DoctorFlags): Promise<ExitCode> {
  const runtime = await import('../../runtime/index.js');
  const examined: Examined[] = [];
  for (const name of engines) {
    io.detail(`trying ${name}\n`);
    const opened = await runtime.openEngine(name);
    if (opened.ok) examined.push({ name, gigaflops: runtime.probeEngine() });
    else examined.push({ name, problem: opened.problems[0]?.message ?? '', help: opened.problems[0]?.help });
  }
  const versions = {
    cnnc: packageJson.version,
    node: process.version,
    tensorflow: runtime.tensorflowVersion,
  };
  io.out.write(format === 'json' ? writeJson(asJson(versions, examined)) : asText(versions, examined));
  return examined.some((engine) => 'gigaflops' in engine) ? exitCodes.well : exitCodes.problems;
}

type Versions = Readonly<Record<'cnnc' | 'node' | 'tensorflow', string>>;

function asText({ cnnc, node, tensorflow }: Versions, examined: readonly Examined[]): string {
  const auto = examined.find((engine) => 'gigaflops' in engine);
  const rows = examined.map((engine) => [
    engine.name,
    'gigaflops' in engine ? `${engine.gigaflops.toPrecision(3)} GFLOP/s` : 'not there',
    engine === auto ? 'what `--engine auto` takes' : '',
  ]);
  const [titles = '', ...lines] = alignColumns(
    [
      { title: 'engine', align: 'left' },
      { title: 'a 3x3 convolution', align: 'right' },
      { title: '', align: 'left' },
    ],
    rows,
  );
  const missing = examined.flatMap((engine) =>
    'problem' in engine
      ? [engine.problem, ...(engine.help === undefined ? [] : [`  help: ${engine.help}`])]
      : [],
  );
  const text = [
    `cnnc           ${cnnc}`,
    `Node           ${node}`,
    `TensorFlow.js  ${tensorflow}`,
    `system         ${platform()} ${arch()}, ${String(cpus().length)} cores, ${bytesText(totalmem())}`,
    `targets        ${targets.map(({ name }) => name).join(', ')}`,
    '',
    titles,
    ...lines,
    ...(missing.length === 0 ? [] : ['', ...missing]),
  ];
  return text.map((line) => `${line}\n`).join('');
}

function asJson(versions: Versions, examined: readonly Examined[]): Json {
  return jsonObject({
    formatVersion: 1,
    versions: jsonObject(versions),
    system: jsonObject({ platform: platform(), arch: arch(), cores: cpus().length, memoryBytes: totalmem() }),
    targets: targets.map(({ name }) => name),
    engines: examined.map((engine) =>
      jsonObject(
        'gigaflops' in engine
          ? { name: engine.name, works: true, gigaflops: Number(engine.gigaflops.toPrecision(3)) }
          : { name: engine.name, works: false, problem: engine.problem, help: engine.help },
      ),
    ),
  });
}
