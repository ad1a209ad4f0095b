import nx from '@nx/eslint-plugin';
import nxDevkit from '@nx/devkit';
import tseslint from 'typescript-eslint';

/** Without a project graph the boundary rule checks nothing and passes, so the graph is made before it is needed. */
try {
  nxDevkit.readCachedProjectGraph();
} catch {
  await nxDevkit.createProjectGraphAsync({ exitOnError: true });
}

const TESTS = ['**/*.spec.ts', '**/*.spec.tsx', '*/*/test/**/*.ts'];

/** What the browser gets, and what builds it. */
const WEB_PACKAGES = [
  ...['preact', 'preact/*', 'react', 'react-dom', 'react-dom/*', '@ariakit/react', 'graphql-ws', 'idb-keyval'],
  ...['tinykeys', 'virtua', 'wouter', 'wouter/*'],
  ...['node:*', 'esbuild', 'vite', '@vitejs/plugin-react', '@graphql-codegen/*'],
];

/** Who may import whom; ARCHITECTURE.md has the same table. */
const mayImport = {
  'type:contracts': ['type:contracts'],
  'type:platform': ['type:contracts', 'type:platform'],
  'type:service': ['type:contracts', 'type:platform'],
  'type:web': ['type:contracts'],
  'type:testing': ['type:contracts', 'type:platform', 'type:testing'],
  'type:stack': ['type:contracts', 'type:platform', 'type:testing', 'type:stack'],
};

const boundaries = (constraints, forTests = false) => [
  'error',
  {
    allow: [],
    // Tests use their own library the way others do: through its public name.
    allowCircularSelfDependency: forTests,
    banTransitiveDependencies: true,
    enforceBuildableLibDependency: false,
    // Circles of projects, not of files: a library's tests use testing, which uses the library; the tests of messaging's
    // lanes run on the lane store of persistence. The tags keep the second out of the sources.
    ignoredCircularDependencies: [
      ['*', 'testing'],
      ['messaging', 'persistence'],
    ],
    depConstraints: constraints,
  },
];

const allowedSources = Object.entries(mayImport).map(([sourceTag, onlyDependOnLibsWithTags]) => ({
  sourceTag,
  onlyDependOnLibsWithTags,
  ...(sourceTag === 'type:contracts' && { allowedExternalImports: ['zod', 'node:*'] }),
  ...(sourceTag === 'type:web' && { allowedExternalImports: WEB_PACKAGES }),
}));

const sourceConstraints = [
  ...allowedSources,
  { sourceTag: 'layer:transport', notDependOnLibsWithTags: ['layer:storage'] },
];

const testConstraints = Object.entries(mayImport).map(([sourceTag, tags]) => ({
  sourceTag,
  onlyDependOnLibsWithTags: [...new Set([...tags, 'type:contracts', 'type:platform', 'type:testing'])],
}));

const nats = {
  group: ['nats', 'nats/*', '@nats-io/*'],
  message: 'Only libs/messaging speaks to NATS: use @conversations/messaging.',
};

const focusedTests = ['describe', 'it', 'test'].flatMap((object) =>
  ['only', 'skip', 'todo'].map((property) => ({ object, property, message: 'Every test runs, always.' })),
);
const vagueMatchers = ['toBeTruthy', 'toBeFalsy'].map((property) => ({
  property,
  message: 'Say which value is expected.',
}));

export default tseslint.config(
  {
    ignores: [
      '**/dist',
      '**/node_modules',
      '**/coverage',
      '**/generated',
      '.nx',
      '.data',
      '.cache',
      'deploy/load/results',
    ],
  },
  {
    files: ['**/*.ts', '**/*.tsx', '**/*.mts'],
    extends: [tseslint.configs.strictTypeChecked],
    plugins: { '@nx': nx },
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@nx/enforce-module-boundaries': boundaries(sourceConstraints),
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [nats] }],

      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/ban-ts-comment': [
        'error',
        { 'ts-ignore': true, 'ts-nocheck': true, 'ts-expect-error': 'allow-with-description' },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      'no-empty': ['error', { allowEmptyCatch: false }],
      'max-lines': ['error', { max: 300 }],
      'no-console': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',

      '@typescript-eslint/no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }],
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true, allowNullish: false },
      ],
      '@typescript-eslint/no-confusing-void-expression': 'off',
      // Flags that another callback sets during an await look constant to it.
      '@typescript-eslint/no-unnecessary-condition': 'off',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // A Nest module is a class with a decorator and no body; its handlers are async by contract, also those that only return.
      '@typescript-eslint/no-extraneous-class': ['error', { allowWithDecorator: true }],
      '@typescript-eslint/require-await': 'off',
      // T in `get<T>(): T` names the row that a query answers with; the caller knows it, TypeScript cannot.
      '@typescript-eslint/no-unnecessary-type-parameters': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
    },
  },
  {
    files: ['libs/messaging/**/*.ts', 'deploy/load/floor.ts', 'deploy/load/src/floor.ts'],
    rules: { '@typescript-eslint/no-restricted-imports': 'off' },
  },
  {
    files: ['{libs/chat-widget,services/agent-ui}/src/**/*.{ts,tsx}'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            nats,
            {
              group: ['@conversations/contracts'],
              allowTypeImports: true,
              message: 'Browsers take types only: zod would not fit their budgets.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['services/*/src/**/*.ts'],
    ignores: TESTS,
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Settings are read once, through the zod object of config.ts.' },
      ],
    },
  },
  {
    files: ['deploy/**/*.ts', 'deploy/**/*.mts', 'libs/testing/**/*.ts', 'libs/*/*.ts', 'services/*/*.ts'],
    rules: { 'no-console': 'off' },
  },
  {
    files: TESTS,
    rules: {
      '@nx/enforce-module-boundaries': boundaries(testConstraints, true),
      'no-restricted-properties': ['error', ...focusedTests, ...vagueMatchers],
      'no-restricted-globals': [
        'error',
        ...['fit', 'fdescribe', 'xit', 'xdescribe', 'xtest'].map((name) => ({
          name,
          message: 'Every test runs, always.',
        })),
      ],
      'max-lines': 'off',
      'no-console': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
      // What a response's JSON holds is what the test asserts.
      '@typescript-eslint/no-unsafe-assignment': 'off',
      '@typescript-eslint/no-unsafe-member-access': 'off',
    },
  },
  {
    files: ['**/*.js', '**/*.mjs', '**/*.cjs'],
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: { 'no-empty': ['error', { allowEmptyCatch: false }], 'prefer-const': 'error' },
  },
);
