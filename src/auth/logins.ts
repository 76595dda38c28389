import { SCOPES, type Scope } from './scopes.js';

/** A client as the seed registers it. A token never gets more than its client's scopes. */
export interface DemoClient {
  readonly clientId: string;
  readonly kind: 'FRONT_END' | 'INTEGRATION' | 'REPORTING';
  readonly name: string;
  readonly scopes: readonly Scope[];
}

const FRONT_DEMO = {
  clientId: 'front.demo',
  kind: 'FRONT_END',
  name: 'Poste de travail du service social (démonstration)',
  scopes: SCOPES.filter((scope) => scope !== 'booking'),
} as const satisfies DemoClient;

const FRONT_PERSON = {
  clientId: 'front.person',
  kind: 'FRONT_END',
  name: 'Espace de la personne accompagnée (démonstration)',
  scopes: ['cases:read', 'appointments:read', 'appointments:write', 'persons:read', 'directory:read'],
} as const satisfies DemoClient;

const REPORTING = {
  clientId: 'client.reporting',
  kind: 'REPORTING',
  name: 'Observatoire départemental (démonstration)',
  scopes: ['statistics:read'],
} as const satisfies DemoClient;

const INTEGRATION = {
  clientId: 'client.integration',
  kind: 'INTEGRATION',
  name: 'Logiciel partenaire (démonstration)',
  scopes: ['directory:read', 'appointments:read'],
} as const satisfies DemoClient;

const BOOKING = {
  clientId: 'client.booking',
  kind: 'INTEGRATION',
  name: 'Prise de rendez-vous en ligne (démonstration)',
  scopes: ['booking'],
} as const satisfies DemoClient;

/** The clients behind the demo logins, for the seed. */
export const DEMO_CLIENTS: readonly DemoClient[] = [
  FRONT_DEMO,
  FRONT_PERSON,
  REPORTING,
  INTEGRATION,
  BOOKING,
];

/** A login for which the development issuer signs: a worker, a person or a client in its own name. */
export interface DemoLogin {
  readonly login: string;
  /** The `sub` claim: the login itself; for a client in its own name, its id (RFC 9068 §2.2). */
  readonly subject: string;
  readonly clientId: string;
  readonly scopes: readonly Scope[];
  readonly describes: { readonly fr: string; readonly en: string };
}

/** The demo logins, each a viewer of the seed's county. Their roles stand in the directory, not here. */
export const LOGINS: readonly DemoLogin[] = [
  human('reception.sevran', 'Secrétaire d’accueil à Sevran', 'Receptionist in Sevran'),
  human('worker.sevran', 'Travailleuse sociale à Sevran', 'Social worker in Sevran'),
  human('worker2.sevran', 'Autre travailleur social à Sevran', 'Another social worker in Sevran'),
  human('head.sevran', 'Responsable de la circonscription de Sevran', 'Head of the district of Sevran'),
  human('worker.gagny', 'Travailleur social à Gagny', 'Social worker in Gagny'),
  human('reception.gagny', 'Secrétaire d’accueil à Gagny', 'Receptionist in Gagny'),
  human('head.gagny', 'Responsable de la circonscription de Gagny', 'Head of the district of Gagny'),
  human('adviser', 'Conseillère technique du département', 'Technical adviser of the county'),
  human(
    'adviser2',
    'Second conseiller technique, pour ce qui se décide à deux',
    'Second technical adviser, for what takes two',
  ),
  human('trainee.sevran', 'Stagiaire à Sevran, avec une tutrice', 'Trainee in Sevran, with a tutor'),
  human('dpo', 'Déléguée à la protection des données', 'Data protection officer'),
  human('admin', 'Administratrice, informatique du département', 'Administrator, county IT'),
  human('admin2', 'Second administrateur, pour les actes à deux', 'Second administrator, for what takes two'),
  human('person.sevran', 'Personne accompagnée à Sevran', 'Person helped in Sevran', FRONT_PERSON),
  machine(
    REPORTING,
    'Client de restitution : statistiques publiables',
    'Reporting client: publishable statistics',
  ),
  machine(
    INTEGRATION,
    'Client d’intégration : annuaire, rendez-vous',
    'Integration client: directory, appointments',
  ),
  machine(BOOKING, 'Client de prise de rendez-vous en ligne', 'Online booking client'),
];

function human(login: string, fr: string, en: string, client: DemoClient = FRONT_DEMO): DemoLogin {
  return { login, subject: login, clientId: client.clientId, scopes: client.scopes, describes: { fr, en } };
}

function machine(client: DemoClient, fr: string, en: string): DemoLogin {
  return human(client.clientId, fr, en, client);
}
