import eslint from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';

/**
 * The borders where bytes or texts of others become typed data: only there may a type be asserted, after the check.
 * @type {string[]}
 */
const parsingBorders = ['src/runtime/node/**/parse-*.ts'];

/**
 * Files that hand null to a library that asks for it: chevrotain's matchers of tokens answer as `RegExp.exec` does, and
 * sizes that tfjs-layers doesn't know are null.
 */
const nullForOthers = ['src/parser/tokens.ts', 'src/tfjs/tensorflow.ts'];

/** Where Node's own globals may be used: everything else in src/ runs in a browser as it is. */
const nodeFolders = ['src/cli/**', 'src/runtime/node/**', 'src/lsp/server.ts'];

const noNull = {
  selector: ":not(BinaryExpression) > Literal[raw='null'], TSNullKeyword",
  message: 'what is absent is undefined; compare with null only what another API gives',
};

const noPlainClass = {
  selector: ':matches(ClassDeclaration, ClassExpression)[superClass=null]',
  message: 'data is plain and told apart by its kind; behaviour is functions',
};

export default defineConfig(
  globalIgnores(['dist/', '.cache/', 'out/', 'coverage/', 'src/compiler/std/embedded.ts']),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  eslint.configs.recommended,
  {
    files: ['**/*.ts'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'never' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/prefer-readonly': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      // Names of formats and frameworks are spelled as they are there, and maps keep text keys.
      '@typescript-eslint/dot-notation': 'off',
      'no-nested-ternary': 'error',
      'max-params': ['error', { max: 4 }],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'no-restricted-syntax': ['error', noNull, noPlainClass],
      eqeqeq: 'error',
      'no-param-reassign': 'error',
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },
  {
    files: parsingBorders,
    rules: {
      '@typescript-eslint/consistent-type-assertions': ['error', { assertionStyle: 'as' }],
      'no-restricted-syntax': ['error', noPlainClass],
    },
  },
  { files: nullForOthers, rules: { 'no-restricted-syntax': ['error', noPlainClass] } },
  {
    files: ['src/**/*.ts'],
    ignores: nodeFolders,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[
          'process',
          'Buffer',
          'global',
          'require',
          'module',
          '__dirname',
          '__filename',
          'setImmediate',
        ].map((name) => ({
          name,
          message:
            'this runs in a browser too: Node stands only in src/cli, src/runtime/node and src/lsp/server.ts',
        })),
      ],
      'no-console': 'error',
    },
  },
  {
    // A grammar is one idea, however many rules it has.
    files: ['src/parser/grammar.ts', 'src/parser/expression-grammar.ts'],
    rules: { 'max-lines': 'off' },
  },
  {
    // Tests hand over small functions and look at what libraries give.
    files: ['test/**/*.ts', 'bench/**/*.ts'],
    rules: { '@typescript-eslint/no-empty-function': 'off', 'max-lines': 'off' },
  },
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: {
      globals: Object.fromEntries(
        ['process', 'Buffer', 'console', 'URL', 'module', 'performance', 'setTimeout', 'clearTimeout'].map(
          (name) => [name, 'readonly'],
        ),
      ),
    },
  },
);
