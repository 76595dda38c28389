/** A sentence that is the same for each viewer, and about each person. */
export interface Sentence {
  readonly fr: string;
  readonly en: string;
}

/** The sentence that the desk says to every third party, about a known person and an unknown one alike (domain, "confirm nothing"). */
export const FOR_THIRD_PARTIES: Sentence = {
  fr: 'Le service ne dit à personne si quelqu’un est connu ou attendu ici. Si vous pouvez joindre cette personne, dites-lui de nous contacter elle-même.',
  en: 'The service tells nobody whether someone is known or expected here. If you can reach this person, tell them to contact us themselves.',
};

/** The answer to each call about an appointment, whoever calls and whoever is named. */
export const NOTED: Sentence = { fr: 'C’est noté.', en: 'It is noted.' };

/** The answer to each sender of a blind message. */
export const BLIND_MESSAGE: Sentence = {
  fr: 'Si une personne correspond et qu’un agent la suit, il reçoit ce message. En cas de danger, n’attendez pas de réponse : appelez le 15, le 17 ou le 119, ou le procureur de la République.',
  en: 'If a person matches and a worker follows them, that worker receives this message. In a danger, wait for no answer: call 15, 17 or 119, or the prosecutor.',
};
