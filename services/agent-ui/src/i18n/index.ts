/**
 * Texts: `const text = useText()` gives the catalogue of the reader's language: `text.inbox.title`, `text.inbox.held(3)`.
 * One file for each area and language: en/<area>.ts exports `export const <area> = { … }`; fr/<area>.ts exports the same
 * name typed `typeof <area>` of en. Texts with values are functions; counted ones use `pluralIn('en')`.
 * Dates and numbers: `const format = useFormat()`.
 */
export { useFormat, type Format } from './format';
export type { Catalogue } from './en';
export { knownAs, useKnownAs } from './known-as';
export { chooseLanguage, loadLanguage, LANGUAGES, readLanguageChoice, useText, type LanguageChoice } from './language';
