/** The page's own words. */
export interface Words {
  readonly title: string;
  readonly intro: string;
  readonly observed: string;
  readonly choose: string;
  readonly show: string;
  readonly unknown: string;
  readonly all: string;
  readonly sees: string;
  readonly seesNothing: string;
  readonly seesNot: string;
  readonly does: string;
  readonly lists: string;
  readonly technical: string;
  readonly field: string;
  readonly action: string;
  readonly visible: string;
  readonly done: string;
  readonly openTo: string;
  readonly yes: string;
  readonly no: string;
  readonly whole: string;
  readonly part: (open: number, of: number) => string;
  readonly summary: (fields: number, of: number, actions: number, ofActions: number) => string;
  readonly note: string;
  readonly skip: string;
  readonly otherLanguage: string;
  readonly contents: string;
  readonly footer: string;
}

/** The words in each language. */
export const WORDS: Readonly<Record<'fr' | 'en', Words>> = {
  fr: {
    title: 'Qui voit quoi, qui fait quoi',
    intro:
      'Le service social du département tient ses dossiers dans ce logiciel. Cette page dit, pour chaque fonction et selon son lien avec le dossier, ce qui est visible, ce qui ne l’est pas, et pourquoi. Les comptes rendus d’entretien, par exemple, ne sont lus que par le travailleur social référent.',
    observed:
      'Rien ici n’est déclaratif : chaque réponse a été observée, en posant la question au logiciel avec chaque compte, et elle est vérifiée à chaque modification.',
    choose: 'Choisir un point de vue',
    show: 'Afficher',
    unknown: 'Ce point de vue n’existe pas. En voici la liste.',
    all: 'Tous les points de vue',
    sees: 'Ce qui est visible',
    seesNothing: 'Rien du dossier n’est visible de ce point de vue.',
    seesNot: 'Ce qui n’est pas visible',
    does: 'Qui fait quoi',
    lists: 'Listes et recherches',
    technical: 'Éléments techniques',
    field: 'Information',
    action: 'Action',
    visible: 'Visible',
    done: 'Possible',
    openTo: 'Ouvert à',
    yes: 'Oui',
    no: 'Non',
    whole: 'tout',
    part: (open, of) => `${open} sur ${of}`,
    summary: (fields, of, actions, ofActions) =>
      `${fields} informations visibles sur ${of} ; ${actions === 0 ? 'aucune action possible' : `${actions} ${actions === 1 ? 'action possible' : 'actions possibles'}`} sur ${ofActions}.`,
    note: 'Quand la réponse est « Non » alors que la règle semble nommer cette fonction, c’est que la question peut être posée, mais que le service n’y répond que pour les dossiers, personnes et rendez-vous à sa portée : ici, aucun.',
    skip: 'Aller au contenu',
    otherLanguage: 'English',
    contents: 'Sur cette page',
    footer: 'Ce tableau est public. Les programmes le lisent dans l’interface, sous le nom policyMatrix.',
  },
  en: {
    title: 'Who sees what, who does what',
    intro:
      'The county’s social service keeps its cases in this software. This page says, for each role and by its relation to the case, what is visible, what is not, and why. Interview notes, for instance, are read by the assigned social worker alone.',
    observed:
      'Nothing here is a promise: every answer was observed, by asking the software with each account, and is checked again at every change.',
    choose: 'Choose a standpoint',
    show: 'Show',
    unknown: 'There is no such standpoint. Here is the list.',
    all: 'All standpoints',
    sees: 'What is visible',
    seesNothing: 'Nothing of the case is visible from this standpoint.',
    seesNot: 'What is not visible',
    does: 'Who does what',
    lists: 'Lists and look-ups',
    technical: 'Technical elements',
    field: 'Information',
    action: 'Action',
    visible: 'Visible',
    done: 'Possible',
    openTo: 'Open to',
    yes: 'Yes',
    no: 'No',
    whole: 'all',
    part: (open, of) => `${open} of ${of}`,
    summary: (fields, of, actions, ofActions) =>
      `${fields} of ${of} pieces of information are visible; ${actions === 0 ? 'no' : actions} of ${ofActions} actions ${actions === 1 ? 'is' : 'are'} possible.`,
    note: 'Where the answer is “No” although the rule seems to name this role, the question may be asked, and the service answers it only for cases, persons and appointments within reach: here, none.',
    skip: 'Skip to content',
    otherLanguage: 'Français',
    contents: 'On this page',
    footer: 'This table is public. Programs read it from the API, by the name policyMatrix.',
  },
};
