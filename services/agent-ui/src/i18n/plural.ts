export interface PluralForms {
  one: string;
  other: string;
}

/** `pluralIn('fr')(0, …)` is "one" in French and "other" in English: the language decides, not the number 1. */
export function pluralIn(language: 'en' | 'fr'): (count: number, forms: PluralForms) => string {
  const rules = new Intl.PluralRules(language);
  return (count, forms) => (rules.select(count) === 'one' ? forms.one : forms.other);
}
