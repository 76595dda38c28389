/** A sentence that is the same whoever asks, and whoever is asked about. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** What the desk says to every third party, of someone who is known and of someone who is not (domain, "confirm nothing"). */
export const FOR_THIRD_PARTIES: Sentence = {
  fr: 'Le service ne dit à personne si quelqu’un est connu ou attendu ici. Si vous pouvez joindre cette personne, dites-lui de nous contacter elle-même.',
  en: 'The service tells nobody whether someone is known or expected here. If you can reach this person, tell them to contact us themselves.',
};

/** What whoever sends a message blind is answered. */
export const BLIND_MESSAGE: Sentence = {
  fr: 'Si une personne correspond et qu’un agent la suit, il reçoit ce message. En cas de danger, n’attendez pas de réponse : appelez le 15, le 17 ou le 119, ou le procureur de la République.',
  en: 'If a person matches and a worker follows them, that worker receives this message. In a danger, wait for no answer: call 15, 17 or 119, or the prosecutor.',
};
