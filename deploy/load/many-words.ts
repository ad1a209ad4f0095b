import { folded } from '@conversations/persistence';

/** Numbers in [0, 1) that are the same in each run. */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const LANGUAGES = [
  {
    share: 0.6,
    common: `the to and you is my i for it not order have in please on of with can thank a has been your when we are this that
      but still was do hello from if will delivery would return refund me received yet parcel address number days payment card
      size colour arrived wrong website account password invoice broken today tomorrow week`,
    openings: ['thank you for', 'can you please', 'where is my order', 'i have not received'],
  },
  {
    share: 0.25,
    common: `je de la le et vous ma à pour est pas que une un bonjour commande merci dans mon les livraison avec ai votre être
      reçu colis adresse numéro remboursement jours où été déjà très problème réglé cœur taille couleur prénom après français
      sœur façon élève hôtel août`,
    openings: ['je n ai pas reçu', 'merci de votre réponse', 'où est ma commande', 'bonjour je voudrais'],
  },
  {
    share: 0.1,
    common: `ich die der und nicht das ist für bestellung mit haben bitte wann meine größe straße lieferung danke zurück über
      noch schön müssen grüße paket rechnung`,
    openings: ['vielen dank für', 'wo ist meine bestellung'],
  },
  { share: 0.05, common: '注 文 は ど こ で す か 返 品 お 願 い し ま 東 京', openings: [] },
];
const SYLLABLES = 'ba ke li mo nu ra se ti vo zu cha dre fli gro pla ster quin wex yor jun'.split(' ');

/** A sentence and what it is found by: its folded words with their places, as the conversation service writes them. */
export interface Sentence {
  text: string;
  words: string;
}

/** Sentences in four languages whose words are as unequal as in life: few stand everywhere, most hardly anywhere. */
export function sentences(count: number): Sentence[] {
  const roll = dice(7);
  return Array.from({ length: count }, () => {
    let chosen = roll();
    const language = LANGUAGES.find(({ share }) => (chosen -= share) < 0) ?? LANGUAGES[0];
    const common = (language?.common ?? '').split(/\s+/);
    const openings = language?.openings ?? [];
    const opening = openings[Math.floor(roll() * openings.length * 4)]?.split(' ') ?? [];
    const rest = Array.from({ length: 5 + Math.floor(roll() * 12) }, () => {
      if (roll() < 0.12 && openings.length > 0) return seldom(roll);
      // Zipf: the n-th word is n times rarer than the first.
      return common[Math.floor(common.length ** roll()) - 1] ?? common[0] ?? '';
    });
    const words = [...opening, ...rest];
    return { text: `${words.join(openings.length > 0 ? ' ' : '')}.`, words: vectorOf(words) };
  });
}

/** One of 8,000 made-up words, the most of them seldom. */
function seldom(roll: () => number): string {
  const rank = Math.floor(8_000 ** roll());
  return [rank % 20, Math.floor(rank / 20) % 20, Math.floor(rank / 400) % 20].map((at) => SYLLABLES[at]).join('');
}

export function vectorOf(words: readonly string[]): string {
  const places = new Map<string, number[]>();
  words.forEach((word, index) => {
    const plain = folded(word).normalize('NFC');
    places.set(plain, [...(places.get(plain) ?? []), index + 1]);
  });
  return Array.from(places, ([word, at]) => `${word}:${at.join(',')}`).join(' ');
}
