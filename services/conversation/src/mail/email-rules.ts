import type { MatchContact } from './place-mail';

/** What this installation decided about email. */
export abstract class EmailRules {
  /** Which thread a mail joins that names none: its sender's latest, the latest that is open, or none. */
  abstract readonly matchContact: MatchContact;
  /** Where mail from here comes from; empty where the installation has none. */
  abstract readonly address: string;
}
