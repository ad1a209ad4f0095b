import type { tags as en } from '../en/tags';
import { pluralIn } from '../plural';

const plural = pluralIn('fr');

export const tags: typeof en = {
  label: 'Balises de ce texte',
  open: (number) =>
    plural(number, {
      one: `${String(number)} balise ne peut pas être remplacée.`,
      other: `${String(number)} balises ne peuvent pas être remplacées.`,
    }),
  select: 'Sélectionner dans le texte :',
  noValue: 'Inconnu ici. Écrivez les mots vous-même, ou prévoyez un texte de secours : {{…|vous}}',
  unknown: 'Cette balise n’existe pas.',
  use: (tag) => `Utiliser ${tag}`,
  keepAsText: 'Envoyer tel quel',
  sentAs: 'est envoyé comme',
  nothing: '(rien)',
  insert: 'Insérer une balise',
  names: {
    'contact.firstName': 'Prénom de la personne',
    'contact.name': 'Nom de la personne',
    'contact.company': 'Société de la personne',
    'contact.email': 'Adresse e-mail de la personne',
    'agent.firstName': 'Votre prénom',
    'agent.name': 'Votre nom',
  },
};
