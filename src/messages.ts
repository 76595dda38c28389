import type { ConflictReason, StatisticsRefusal } from './errors.js';

/** The languages of the API. */
export type Locale = 'fr' | 'en';

interface Message {
  readonly fr: string;
  readonly en: string;
}

const conflicts: Readonly<Record<`conflict.${ConflictReason}`, Message>> = {
  'conflict.SLOT_TAKEN': {
    fr: 'Ce créneau vient d’être pris. Les prochains qui sont libres, s’il y en a, sont dans « nextFreeSlots ».',
    en: 'This slot has just been taken. The next that are free, if any, are in `nextFreeSlots`.',
  },
  'conflict.TOO_MANY_AHEAD': {
    fr: 'Trop de rendez-vous à venir ont été pris ainsi, à ce nom ou depuis cette connexion. Annulez-en un, ou adressez-vous à l’accueil.',
    en: 'Too many appointments ahead were booked like this, by this name or from this connection. Cancel one, or ask the desk.',
  },
  'conflict.DAY_SHARE_TAKEN': {
    fr: 'Ce service ne peut plus prendre de rendez-vous ce jour-là. Les prochains créneaux d’un autre jour, s’il y en a, sont dans « nextFreeSlots ». L’accueil peut en prendre un.',
    en: 'This service can book no more appointments on that day. The next slots of another day, if any, are in `nextFreeSlots`. The desk can book one.',
  },
  'conflict.HOURS_TAKEN': {
    fr: 'Cet agent a déjà une plage ouverte à ces heures, dans cette circonscription ou une autre.',
    en: 'This worker has hours open then already, in this district or another.',
  },
  'conflict.NO_PLACE_LEFT': {
    fr: 'La dernière place vient d’être prise. Les prochaines dates où il en reste, s’il y en a, sont dans « nextFreeSlots ».',
    en: 'The last place has just been taken. The next times with a place left, if any, are in `nextFreeSlots`.',
  },
  'conflict.VERSION_CHANGED': {
    fr: 'Quelqu’un a modifié ceci entre-temps : relisez avant d’enregistrer.',
    en: 'Someone changed this meanwhile: read it again before saving.',
  },
  'conflict.ALREADY_ASSIGNED': {
    fr: 'Ce dossier est déjà attribué : utilisez la réattribution.',
    en: 'This case is already assigned: use reassignment.',
  },
  'conflict.IDEMPOTENCY_KEY_REUSED': {
    fr: 'Cette clé d’idempotence a déjà servi pour une autre demande.',
    en: 'This idempotency key has served another request.',
  },
  'conflict.OFFER_EXPIRED': {
    fr: 'Le délai pour répondre à cette proposition est passé ; la demande garde son rang.',
    en: 'The deadline to answer this offer has passed; the request keeps its rank.',
  },
  'conflict.ALREADY_PLANNED': {
    fr: 'Une réattribution de ce dossier est déjà prévue : retirez-la d’abord.',
    en: 'A reassignment of this case is planned already: withdraw it first.',
  },
  'conflict.STILL_WAITS': {
    fr: 'Ceux qui suivaient le dossier peuvent encore répondre : voyez « waitsUntil ».',
    en: 'Those who held the case before may still answer: see `waitsUntil`.',
  },
  'conflict.ALREADY_WAITING': {
    fr: 'Cette personne attend déjà un rendez-vous de ce genre dans cette circonscription : modifiez sa demande, ou retirez-la d’abord.',
    en: 'This person waits for such an appointment in this district already: change the request, or withdraw it first.',
  },
  'conflict.CASE_CLOSED': {
    fr: 'Ce dossier est clos : rien ne s’y ajoute. Rouvrez-le d’abord.',
    en: 'This case is closed: nothing is added to it. Reopen it first.',
  },
  'conflict.LOOSE_ENDS': {
    fr: 'Ce dossier a encore des rendez-vous à venir ou des besoins en cours : voyez « looseEnds ». Mettez-y fin, ou nommez dans « leaving » chacun de ceux qui restent ainsi.',
    en: 'This case still has booked appointments or open needs: see `looseEnds`. End them, or name in `leaving` each that stays as it is.',
  },
  'conflict.SUSPENDED_ONCE': {
    fr: 'Une même suspension ne se répète pas avant trente jours, et un administrateur n’en a qu’une en cours : une pour un agent, une pour une application.',
    en: 'The same suspension is not repeated within thirty days, and an administrator has one in force at a time: one of a worker, one of a client.',
  },
  'conflict.ENDED_ELSEWHERE': {
    fr: 'Par cette application, il faut attendre une heure après la suspension ; par une autre application, c’est possible aussitôt.',
    en: 'Through this client it takes one hour after the suspension; through another client it is possible at once.',
  },
  'conflict.STATE_CHANGED': {
    fr: 'L’état actuel ne permet plus cette action.',
    en: 'The present state no longer allows this action.',
  },
};

const statistics: Readonly<Record<`statistics.${StatisticsRefusal}`, Message>> = {
  'statistics.WORKER_DIMENSION': {
    fr: 'Aucun chiffre n’est donné par agent, par poste ou par initiales : cela n’existe pas.',
    en: 'No figure is told by worker, post or initials: there is none.',
  },
  'statistics.RANKING': {
    fr: 'Un tableau est celui d’un territoire : les circonscriptions ne sont ni comparées ni classées.',
    en: 'A table is of one territory: districts are neither compared nor ranked.',
  },
  'statistics.UNKNOWN_DIMENSION': {
    fr: 'Cet indicateur ne se ventile pas ainsi : ses dimensions sont dans sa définition.',
    en: 'This indicator is not broken down by it: its dimensions are in its definition.',
  },
  'statistics.NOT_IN_PROGRAMME': {
    fr: 'Ce tableau n’est au programme pour personne : ce qui est dit d’un indicateur est dans son « programme ».',
    en: 'This table is in nobody’s programme: what is told of an indicator is in its `programme`.',
  },
  'statistics.NOT_FROZEN': {
    fr: 'Ces chiffres ne sont pas arrêtés : un mois ou un trimestre l’est le dix du mois suivant, une année le dix février.',
    en: 'These figures are not frozen: a month or a quarter is on the tenth of the next month, a year on the tenth of February.',
  },
  'statistics.TOO_FEW_WORKERS': {
    fr: 'Dans tout le département, moins de trois agents alimentent ce chiffre, ou un seul aux quatre cinquièmes : ce serait le sien.',
    en: 'In the whole county fewer than three workers feed this figure, or one alone by four fifths: it would be theirs.',
  },
  'statistics.TELLS_OF_ONE': {
    fr: 'Avec moins de trois postes, la réponse parlerait d’un agent.',
    en: 'With fewer than three posts, the answer would tell of one worker.',
  },
  'statistics.TELLS_TOO_MUCH': {
    fr: 'Avec ceux qui sont déjà adoptés, cet indicateur dirait trop d’une seule personne : prenez moins de dimensions, ou retirez-en un autre.',
    en: 'Together with those that are adopted, this indicator would tell too much of one person: take fewer dimensions, or retire another one.',
  },
  'statistics.TOO_FEW_WEEKS': {
    fr: 'Il faut vingt semaines mesurées sur les vingt-six dernières.',
    en: 'It takes twenty measured weeks of the last twenty-six.',
  },
  'statistics.SUBJECTIVE': {
    fr: 'Deux agents ne compteraient pas cela pareil : un indicateur compte des faits, et ni une intensité, ni une attitude, ni une appréciation des personnes, de leur couple ou de leur famille.',
    en: 'Two workers would not count this alike: an indicator counts facts, and neither an intensity nor an attitude nor a judgement of persons, their couple or their family.',
  },
  'statistics.ABOUT_WORKERS': {
    fr: 'Un indicateur compte ce que fait le service, et jamais ce que fait un agent.',
    en: 'An indicator counts what the service does, and never what a worker does.',
  },
  'statistics.NOT_COLLECTED': {
    fr: 'Cela n’est pas recueilli : ni nationalité, ni titre de séjour, ni origine, ni religion, ni infraction.',
    en: 'This is not collected: neither nationality, residence permit, origin, religion nor offences.',
  },
  'statistics.TEAMS_TO_BE_HEARD': {
    fr: 'Dans certaines équipes, deux membres n’ont pas encore parlé, et le délai n’est pas passé.',
    en: 'In some teams two members have not spoken yet, and their time is not over.',
  },
  'statistics.NOT_SIGNED': {
    fr: 'Ce que dit l’équipe n’est pas signé : il y faut deux de ses membres (pour le département, de deux équipes), dont aucun ne publie.',
    en: 'What the team says is not signed: it takes two of its members (for the county, of two teams), none of whom publishes.',
  },
  'statistics.TOO_FEW_HEARD': {
    fr: 'Moins de la moitié des équipes ont été entendues : il faut deux voix dans chacune. Le silence ne compte pour rien.',
    en: 'Fewer than half of the teams were heard: it takes two voices in each. Silence counts for nothing.',
  },
  'statistics.TIED': {
    fr: 'Autant d’équipes sont pour que contre.',
    en: 'As many teams are for it as against.',
  },
  'statistics.NOT_AGREED': {
    fr: 'Plus d’équipes sont contre que pour.',
    en: 'More teams are against it than for.',
  },
  'statistics.SECOND_READER': {
    fr: 'Vous avez écrit ce texte : une autre personne de l’équipe, ou un conseiller technique, le relit.',
    en: 'You have written this: another member of the team, or a technical adviser, reads it.',
  },
  'statistics.FIVE_OPEN': {
    fr: 'Cinq propositions de cette équipe attendent déjà une décision.',
    en: 'Five proposals of this team wait for a decision already.',
  },
  'statistics.SECOND_ADVISER': {
    fr: 'Vous avez déjà proposé cette adoption : une autre conseillère ou un autre conseiller technique la confirme.',
    en: 'You have proposed this adoption already: another technical adviser confirms it.',
  },
  'statistics.NOT_RECORDED': {
    fr: 'Rien de ce qui est enregistré ne permet de le compter, et rien ne s’enregistre pour un chiffre.',
    en: 'Nothing that is recorded lets it be counted, and nothing is recorded for a figure.',
  },
  'statistics.NO_PLACE_LEFT': {
    fr: 'Quarante indicateurs sont adoptés : retirez-en un.',
    en: 'Forty indicators are adopted: retire one.',
  },
};

const MESSAGES: Readonly<Record<string, Message>> = {
  ...conflicts,
  ...statistics,
  unauthenticated: { fr: 'Jeton absent ou refusé.', en: 'Token missing or refused.' },
  forbidden: {
    fr: 'Vous n’avez pas accès à ce champ ou à cette action.',
    en: 'You may not read this field or do this.',
  },
  introspection: {
    fr: 'Le schéma n’est décrit qu’aux clients authentifiés.',
    en: 'The schema is described to authenticated clients only.',
  },
  notFound: { fr: 'Introuvable.', en: 'Not found.' },
  unavailable: {
    fr: 'Service momentanément indisponible. Réessayez ; une écriture, avec la même Idempotency-Key.',
    en: 'Service unavailable for a moment. Try again; a write, with the same Idempotency-Key.',
  },
  internal: { fr: 'Erreur interne, consignée.', en: 'Internal error, recorded.' },
  invalidDocument: { fr: 'Requête GraphQL invalide.', en: 'Invalid GraphQL request.' },
  oneRootField: {
    fr: 'Une mutation a exactement un champ à sa racine.',
    en: 'A mutation has exactly one field at its root.',
  },
  plainRootField: {
    fr: 'Un abonnement a un champ à sa racine, ni fragment ni directive.',
    en: 'A subscription has one field at its root, neither a fragment nor a directive.',
  },
  tooManyRefusals: {
    fr: 'Plus de 1 000 champs de cette réponse sont refusés : demandez moins de lignes, ou seulement les champs ouverts à votre rôle.',
    en: 'More than 1,000 fields of this answer are refused: ask for fewer rows, or only for the fields that are open to your role.',
  },
  costly: { fr: 'Requête trop coûteuse : demandez moins.', en: 'Request too costly: ask for less.' },
  invalidValue: { fr: 'Valeur invalide.', en: 'Invalid value.' },
  required: { fr: 'Ce champ est obligatoire.', en: 'This field is required.' },
  tooLong: { fr: 'Texte trop long.', en: 'Text too long.' },
  oneToFifty: { fr: 'De un à cinquante dossiers.', en: 'One to fifty cases.' },
  answerEach: {
    fr: 'Répondez pour chaque autre personne du dossier, une fois : dans « alsoFor » ou dans « notFor ».',
    en: 'Answer for each other person of the case, once: in `alsoFor` or in `notFor`.',
  },
  tooMany: { fr: 'La liste est trop longue.', en: 'The list is too long.' },
  blank: { fr: 'Ce texte est vide.', en: 'This text is empty.' },
  malformedText: {
    fr: 'Ce texte contient des caractères invalides.',
    en: 'This text holds invalid characters.',
  },
  pageSize: { fr: 'Entre 1 et 100.', en: 'Between 1 and 100.' },
  cursor: { fr: 'Curseur inconnu.', en: 'Unknown cursor.' },
  interval: { fr: 'La fin doit suivre le début.', en: 'The end must come after the start.' },
  past: { fr: 'Cette date est passée.', en: 'This date is past.' },
  confidentialOnly: {
    fr: 'D’autres personnes ne se nomment que pour une adresse tenue secrète.',
    en: 'Further persons are named for a confidential address only.',
  },
  lookUpsSpent: {
    fr: 'Trop de recherches en une heure. Réessayez plus tard.',
    en: 'Too many look-ups within an hour. Try again later.',
  },
  papersSpent: {
    fr: 'Trop de demandes sans nom en une heure. Réessayez plus tard.',
    en: 'Too many requests without a name within an hour. Try again later.',
  },
  actsSpent: {
    fr: 'C’est beaucoup pour une heure. Le responsable est prévenu du nombre. Réessayez plus tard.',
    en: 'That is a lot for one hour. The head was told the number. Try again later.',
  },
  logsSpent: {
    fr: 'Trop de journaux lus en un jour. Continuez demain.',
    en: 'Too many logs read within a day. Go on tomorrow.',
  },
  tellsTheWorker: {
    fr: 'Seul le journal d’un agent se lit sans l’avertir, pour une réclamation ou un incident de sécurité.',
    en: 'Only the log of a worker is read without telling them, for a complaint or a security incident.',
  },
  nobodyElseIsTold: {
    fr: 'Ni un second délégué ni un conseiller technique ne peut être averti à la place de l’agent.',
    en: 'Neither a second officer nor a technical adviser can be told instead of the worker.',
  },
  simulationsSpent: {
    fr: 'Dix simulations par jour. Réessayez demain.',
    en: 'Ten simulations a day. Try again tomorrow.',
  },
  handsSpent: {
    fr: 'Trop de demandes ont été confiées aujourd’hui depuis ce compte. Envoyez la personne à l’agent de permanence par un passage.',
    en: 'Too many requests were given to duty workers today from this account. Send the person to the duty worker by a visit.',
  },
  oneAtATime: {
    fr: 'Une seule recherche à la fois : demandez les autres l’une après l’autre.',
    en: 'One look-up at a time: ask for the others one after the other.',
  },
  tooLongAgo: { fr: 'Cette date est trop ancienne.', en: 'This date is too long ago.' },
  tooFar: {
    fr: 'Cette période est trop étendue ou trop lointaine.',
    en: 'This period is too long or too far away.',
  },
  slotCount: { fr: 'Entre 1 et 50.', en: 'Between 1 and 50.' },
  wallTime: { fr: 'Une heure comme 09:30.', en: 'A time as 09:30.' },
  notUrgent: {
    fr: 'Aucun travailleur social n’a jugé cette demande urgente, ou elle n’attend plus.',
    en: 'No social worker has judged this request urgent, or it waits no longer.',
  },
  atNight: { fr: 'Entre 08:00 et 20:00.', en: 'Between 08:00 and 20:00.' },
  byDay: { fr: 'Entre 06:00 et 22:00.', en: 'Between 06:00 and 22:00.' },
  recurrence: {
    fr: 'Règle de récurrence invalide (RFC 5545), ou qui parle d’heures.',
    en: 'Invalid recurrence rule (RFC 5545), or one that speaks of hours.',
  },
  notACalendar: {
    fr: 'Ce n’est pas un calendrier (iCalendar, RFC 5545), ou il est abîmé.',
    en: 'This is no calendar (iCalendar, RFC 5545), or a damaged one.',
  },
  tooManyEvents: {
    fr: 'Ce calendrier compte trop d’événements : n’envoyez que les six mois à venir.',
    en: 'This calendar holds too many events: send the six months to come alone.',
  },
  unknownZone: {
    fr: 'Ce calendrier est dans un fuseau horaire inconnu, dont il ne donne pas les règles.',
    en: 'This calendar is in an unknown time zone, without its rules.',
  },
  tooManyCalendars: {
    fr: 'Dix autres agendas au plus : retirez-en un.',
    en: 'Ten other calendars at most: remove one.',
  },
  collective: {
    fr: 'C’est un rendez-vous collectif : il s’ouvre avec des places, que chacun prend ou rend, et chacun a sa présence ; collectiveAppointments dit où il en reste.',
    en: 'This is a collective appointment: it is opened with places, which each takes or gives back, and attends or not; collectiveAppointments lists those with a place left.',
  },
  notCollective: {
    fr: 'Ce n’est pas un rendez-vous collectif.',
    en: 'This is no collective appointment.',
  },
  placeCount: { fr: 'Entre 2 et 200 places.', en: 'Between 2 and 200 places.' },
  noDay: {
    fr: 'Il n’y a là aucun jour ouvert : ni dans la récurrence, ni hors des jours fériés.',
    en: 'There is no open day: none of the recurrence, or public holidays alone.',
  },
  homeVisitsOnly: {
    fr: 'Une heure de retour n’a de sens que pour une visite à domicile.',
    en: 'An expected return is of a home visit only.',
  },
  language: {
    fr: 'Un code de langue ISO 639-3, comme « ara », ou « fsl » pour la langue des signes française.',
    en: 'An ISO 639-3 language code, such as “ara”, or “fsl” for French sign language.',
  },
  interpreterOnly: {
    fr: 'Une langue n’est que d’un interprète.',
    en: 'A language is of an interpreter only.',
  },
  duringAppointment: {
    fr: 'Cette personne serait là avant ou après le rendez-vous, et non pendant.',
    en: 'They would be there before or after the appointment, and not during it.',
  },
  notAsked: {
    fr: 'On ne demande pas à une personne pourquoi elle annule.',
    en: 'A person is not asked why they cancel.',
  },
  knownName: {
    fr: 'Qui prend rendez-vous pour soi ne donne pas de nom.',
    en: 'Whoever books for themselves gives no name.',
  },
  tooManyBookings: {
    fr: 'Trop de rendez-vous ont été pris ainsi : adressez-vous à l’accueil.',
    en: 'Too many appointments were booked like this: ask the desk.',
  },
  sameTime: { fr: 'Il est déjà à ce moment-là.', en: 'It is then already.' },
  ownThen: {
    fr: 'Vous avez déjà un rendez-vous à ce moment-là.',
    en: 'You have an appointment then already.',
  },
  changedByDesk: {
    fr: 'Ce rendez-vous se modifie auprès de l’accueil.',
    en: 'This appointment is changed by the desk.',
  },
  tooManyBooked: {
    fr: 'Plus de cent rendez-vous y sont pris : déclarez l’indisponibilité en plusieurs fois.',
    en: 'More than a hundred appointments are booked in it: declare the time off in parts.',
  },
  caseOnly: {
    fr: 'Il faut un dossier pour attendre son référent.',
    en: 'To wait for the assigned worker, it takes a case.',
  },
  personOnly: {
    fr: 'Qui n’a pas donné de nom n’a pas de compte où le voir.',
    en: 'Whoever gave no name has no account to see it in.',
  },
  otherKind: {
    fr: 'Ce rendez-vous est d’un autre type, ou avec plusieurs agents.',
    en: 'This appointment is of another type, or with several workers.',
  },
  byTelephone: {
    fr: 'Rien ne se dit d’un rendez-vous au téléphone : il peut être renvoyé par le contact sûr.',
    en: 'Nothing is told of an appointment by telephone: it may be sent again by the safe contact.',
  },
  atTheCounter: {
    fr: 'Il faut le passage du jour de la personne. Par téléphone, c’est noté par noteTelephoneCancellation.',
    en: 'It takes the visit of the person today. By telephone it is noted by noteTelephoneCancellation.',
  },
  notHere: {
    fr: 'Une demande à un nom se confie à l’agent de permanence pendant que la personne est à l’accueil : enregistrez son passage.',
    en: 'A request under a name is given to the duty worker while the person is at the desk: record the visit.',
  },
  idOrVisit: {
    fr: 'Donnez le rendez-vous, ou le passage de la personne présente.',
    en: 'Give the appointment, or the visit of the person who is present.',
  },
  gone: { fr: 'Cette personne est repartie.', en: 'This person has gone.' },
  notToday: { fr: 'Ce rendez-vous n’est pas pour aujourd’hui.', en: 'This appointment is not for today.' },
  oneSubject: {
    fr: 'Demandez le journal d’un seul dossier, d’une seule personne ou d’un seul agent.',
    en: 'Ask for the log of one case, one person or one worker.',
  },
  tooManyAtOnce: {
    fr: 'Trop de demandes en même temps. Réessayez dans un instant.',
    en: 'Too many requests at once. Try again in a moment.',
  },
  linesSpent: {
    fr: 'Trop d’opérations en peu de temps. Réessayez plus tard.',
    en: 'Too many operations in a short time. Try again later.',
  },
  visitOrAppointment: {
    fr: 'Un entretien d’accueil suit un passage ou un rendez-vous, et non les deux.',
    en: 'An encounter is of a visit or of an appointment, and not of both.',
  },
  ofACase: {
    fr: 'Ce rendez-vous est celui d’un dossier : c’est là que s’écrit un compte rendu.',
    en: 'This appointment is of a case: a note of it is written there.',
  },
  otherwise: {
    fr: 'Qui a été pris en charge a été reçu, et qui ne l’a pas été ne l’a pas été.',
    en: 'Whoever was taken in was received, and whoever was not was not.',
  },
  notYet: { fr: 'Il est trop tôt pour le dire.', en: 'It is too early to say.' },
  withinFiveDays: {
    fr: 'La date est à prendre dans les cinq jours à venir.',
    en: 'The time has to be within the next five days.',
  },
  absentListsSpent: {
    fr: 'Les dossiers de deux agents dont l’absence vient d’être déclarée ont été listés aujourd’hui. Cherchez un dossier par sa référence.',
    en: 'The cases of two workers whose absence was just declared were listed today. Look a case up by its reference.',
  },
  releasedOnly: {
    fr: 'Un compte rendu ouvert par une levée ne se transmet pas : il se referme avec elle.',
    en: 'A note that a release opened is not handed on: it closes with the release.',
  },
  notAssignable: {
    fr: 'Cet agent n’est pas travailleur social de cette circonscription.',
    en: 'This worker is not a social worker of this district.',
  },
  yourself: { fr: 'Nul n’attribue à soi-même.', en: 'Nobody allocates to themselves.' },
  notBookedHere: {
    fr: 'Ce type de rendez-vous ne se prend pas à l’accueil : un travailleur social le prend, dans son agenda.',
    en: 'The desk does not book this type: a social worker does, in their own agenda.',
  },
  unknownCode: { fr: 'Code inconnu.', en: 'Unknown code.' },
  lookUpOneThing: {
    fr: 'Donnez le nom complet et une chose que la personne dit : année de naissance, référence ou téléphone.',
    en: 'Give the full name and one thing that the person says: birth year, reference or phone.',
  },
  agreedWord: {
    fr: 'Un mot convenu a au moins quatre lettres ou chiffres.',
    en: 'An agreed word has four letters or figures at least.',
  },
  suspendsAtOnce: {
    fr: 'Fermer tout contact ne se propose pas : cela se fait aussitôt.',
    en: 'Closing every channel is not proposed: it is done at once.',
  },
  referenceOrWord: {
    fr: 'Une référence, ou bien le nom complet et le mot convenu.',
    en: 'A reference, or else the full name and the agreed word.',
  },
  oneReceiver: {
    fr: 'Une circonscription, avec ou sans l’un de ses agents, ou bien une structure.',
    en: 'A district, with or without one of its workers, or else an organisation.',
  },
  closedOrganisation: {
    fr: 'Cette structure n’est plus publiée dans l’annuaire.',
    en: 'This organisation is no longer published in the directory.',
  },
  aloneOnly: {
    fr: 'On ne montre à une personne que ce qui la concerne seule.',
    en: 'A person is shown what concerns them alone.',
  },
  knownPerson: {
    fr: 'De qui est connu, le service a le nom.',
    en: 'Of someone who is known, the service has the name.',
  },
  refusalOnly: {
    fr: 'Un refus, et lui seul, a un motif.',
    en: 'A refusal has a reason, and nothing else has.',
  },
  indicatorCode: {
    fr: 'Trois à quarante caractères : A à Z, 0 à 9 et _, une lettre d’abord.',
    en: 'Three to forty characters: A to Z, 0 to 9 and _, a letter first.',
  },
  measureOfCode: {
    fr: 'Une autre version de cet indicateur compte d’après une autre mesure : prenez un autre code.',
    en: 'Another version of this indicator counts by another measure: take another code.',
  },
  saysNumber: {
    fr: 'Un erratum dit ce qui est faux, et aucun nombre : un compte exact à côté du compte protégé dirait qui a été ajouté ou oublié. Les années et les dates sont permises.',
    en: 'An erratum says what is wrong, and no number: an exact count beside the protected one would tell who was added or left out. Years and dates are allowed.',
  },
  optionNotInForce: {
    fr: 'L’équipe n’a pas cette option ce jour-là : voir « teamOptions ».',
    en: 'The team does not have this option on that day: see "teamOptions".',
  },
  listedPlace: {
    fr: 'Choisissez un lieu de la circonscription (« places ») : seul l’agent concerné écrit un autre lieu.',
    en: 'Choose a place of the district (`places`): only the worker concerned types another.',
  },
  placeCalls: {
    fr: 'Un lieu n’a ni numéro de téléphone, ni adresse électronique ou internet, et peu de chiffres.',
    en: 'A place has no telephone number, no mail or web address, and few digits.',
  },
  ownHoursOnly: {
    fr: 'Une option n’oblige personne : l’agent ouvre lui-même des heures pour elle.',
    en: 'An option obliges nobody: the worker opens hours for it themselves.',
  },
  aloneInItsHours: {
    fr: 'Une heure sans rendez-vous est seule dans sa plage, et n’est pas gardée pour les urgences.',
    en: 'Hours without appointment are for nothing else, and are not kept for urgent persons.',
  },
  notWaitedFor: {
    fr: 'Personne n’attend ce type sur la liste : demandez un rendez-vous.',
    en: 'Nobody waits for this type on the list: ask for an appointment.',
  },
  teamTooSmall: {
    fr: 'Une équipe de moins de cinq membres ne vote pas : le résultat dirait ce que chacun a voté.',
    en: 'A team of fewer than five members does not vote: the result would tell what each of them voted.',
  },
  afterTheVote: {
    fr: 'L’équipe vote pendant une semaine : l’option commence après.',
    en: 'The team votes for a week: the option begins after it.',
  },
  supposedChange: {
    fr: 'Une demi-journée au moins doit rester, et les nombres sont bornés : voir la description du champ.',
    en: 'One half-day at least must be left, and numbers are bounded: see the description of the field.',
  },
  observedYear: {
    fr: 'Cette année, ou l’une des trois précédentes.',
    en: 'This year, or one of the three before.',
  },
  period: {
    fr: 'Un mois comme 2026-03, un trimestre comme 2026-Q1, ou une année comme 2026.',
    en: 'A month as 2026-03, a quarter as 2026-Q1, or a year as 2026.',
  },
  everyPart: {
    fr: 'Chaque mois ou trimestre, mais de quelle année ? Une période comme 2026.',
    en: 'Each month or quarter, but of which year? A period as 2026.',
  },
  exportParameter: {
    fr: 'Paramètre inconnu, ou donné deux fois.',
    en: 'Unknown parameter, or one that is given twice.',
  },
  'notice.NO_ADDRESS': {
    fr: 'Le texte doit donner l’adresse électronique du délégué à la protection des données.',
    en: 'The text has to give the e-mail address of the data protection officer.',
  },
  'notice.EXAMPLE_ADDRESS': {
    fr: 'Le texte donne une adresse d’exemple, à laquelle personne ne répond.',
    en: 'The text gives an address of an example, at which nobody answers.',
  },
  twice: { fr: 'La même valeur y est deux fois.', en: 'It holds the same value twice.' },
  noAbsence: {
    fr: 'Aucune absence déclarée ne couvre cette période.',
    en: 'No declared absence covers this period.',
  },
};

/** Returns the text of a message. An unknown key gets the internal error's text, so that nothing else can leak. */
export function messageText(key: string, locale: Locale): string {
  return (MESSAGES[key] ?? MESSAGES['internal'])?.[locale] ?? '';
}

/** Returns the language of a request: French unless the request prefers English (RFC 9110, section 12.5.4). */
export function localeOf(acceptLanguage: string | undefined): Locale {
  const ranges = (acceptLanguage ?? '').split(',').map((part) => {
    const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
    const q = parameters.find((parameter) => parameter.trim().startsWith('q='));
    return { tag: tag.trim().split('-')[0], q: q === undefined ? 1 : Number(q.trim().slice(2)) };
  });
  const weight = (tag: string): number => ranges.find((range) => range.tag === tag)?.q ?? 0;
  return weight('en') > weight('fr') ? 'en' : 'fr';
}
