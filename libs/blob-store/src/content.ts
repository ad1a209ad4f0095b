/** What is told of a file by its bytes and its name, without a store: light enough for a thread that does nothing else. */
export { contentTypeOf, SAMPLE_BYTES } from './content-type';
export { cleanFileName } from './file-name';
