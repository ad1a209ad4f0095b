import type { CodegenConfig } from '@graphql-codegen/cli';
import { join } from 'node:path';

/** Typed documents of the operations in src, as plain strings: the browser gets no GraphQL parser. */
const config: CodegenConfig = {
  schema: join(__dirname, '../../libs/contracts/graphql/schema.graphql'),
  documents: join(__dirname, 'src/**/*.graphql'),
  generates: {
    [join(__dirname, 'src/generated/documents.ts')]: {
      plugins: ['typescript-operations', 'typed-document-node'],
      config: {
        documentMode: 'string',
        useTypeImports: true,
        enumsAsTypes: true,
        avoidOptionals: { field: true },
        skipTypename: false,
        scalars: {
          ID: 'string',
          DateTime: 'string',
          SafeHTML: 'string',
          EmailAddress: 'string',
          URL: 'string',
          EventCursor: 'string',
          UUID: 'string',
        },
      },
    },
  },
};
export default config;
