import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { ClientKind, Role, ViewerKind } from './directory.enums.js';

@ObjectType({
  description:
    'Circonscription de service social: a part of the county’s social service that serves some sectors.',
})
export class District {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { description: 'A short name in small letters, for addresses and files.' })
  slug!: string;

  @Field(() => String, { description: 'The name of the district, such as “Circonscription de Sevran”.' })
  name!: string;

  @Field(() => String, { description: 'Street and number of the place where it receives people.' })
  addressLine!: string;

  @Field(() => String, { description: 'The postal code of that place.' })
  postalCode!: string;

  @Field(() => String, { description: 'The commune of that place.' })
  city!: string;

  @Field(() => String, { description: 'The telephone number for the public.' })
  phone!: string;
}

@ObjectType({
  description: 'When a district is open on a day of the week. Times are local time in Paris (Europe/Paris).',
})
export class OpeningHours {
  @Field(() => Int, { description: '1 is Monday and 7 is Sunday (ISO 8601).' })
  weekday!: number;

  @Field(() => String, { description: 'The time at which it opens, `HH:MM`.' })
  opensAt!: string;

  @Field(() => String, { description: 'The time at which it closes, `HH:MM`.' })
  closesAt!: string;
}

@ObjectType({ description: 'A commune, by its INSEE code (code officiel géographique).' })
export class Commune {
  @Field(() => ID, { description: 'The five characters by which INSEE knows the commune.' })
  inseeCode!: string;

  @Field(() => String, { description: 'The official name of the commune.' })
  name!: string;
}

@ObjectType({ description: 'Agent: someone who works for the service.' })
export class Worker {
  @Field(() => ID)
  id!: string;

  @Field(() => String, { nullable: true, description: 'The worker’s first name.' })
  givenName!: string;

  @Field(() => String, { nullable: true, description: 'The worker’s surname.' })
  familyName!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When an administrator closed the account; null while it is open.',
  })
  disabledAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({
  description: 'Appartenance: a role that a worker holds in a district, or in the whole county, for a time.',
})
export class Membership {
  @Field(() => ID)
  id!: string;

  @Field(() => Role, { nullable: true, description: 'The role that the worker holds.' })
  role!: string;

  @Field(() => DateTime, { nullable: true, description: 'From when on the worker holds it.' })
  startsAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end: from this instant on the worker no longer holds it. Null while there is none.',
  })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a second administrator said that the worker has gone; null until then.',
  })
  endConfirmedAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the worker, who had no post left, said that they have not left; null until then.',
  })
  endContradictedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType('Client', {
  description:
    'Application cliente: registered software that uses this API, with the scopes that it may have.',
})
export class ApiClient {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name by which it is registered with the identity provider.',
  })
  clientId!: string;

  @Field(() => ClientKind, { nullable: true, description: 'The purpose of the software.' })
  kind!: string;

  @Field(() => String, { nullable: true, description: 'The name by which people know it.' })
  name!: string;

  @Field(() => [String], { nullable: true, description: 'The scopes that its tokens may have.' })
  scopes!: string[];

  @Field(() => DateTime, {
    nullable: true,
    description: 'When an administrator disabled it; null while it works.',
  })
  disabledAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType('Viewer', {
  description: 'The sender of the request. It is never null: a sender without a token is anonymous.',
})
export class ViewerType {
  @Field(() => ViewerKind, { description: 'Whether it is a worker, a person, software or nobody known.' })
  kind!: string;
}

@ObjectType({ description: 'A role that the viewer holds now.' })
export class ViewerRoleIn {
  @Field(() => Role, { description: 'The role that the viewer holds.' })
  role!: string;
}

@ObjectType({
  description:
    'Suspension: one administrator has shut the account or the post of a data protection officer, a technical adviser or an administrator, the account of a worker who has left, or a front end. It lapses after 24 hours unless a second person confirms it. An administrator has one of a worker who watches and one of a front end in force at a time. Through a suspended front end these three roles still log in with `directory:read` alone, to end a suspension.',
})
export class Suspension {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description:
      'What is suspended: ACCOUNT, the role of the post, or the registered name of the client, with the scope if it is one scope.',
  })
  what!: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the administrator did so; it counts from then on.',
  })
  suspendedAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it lapses unless it is confirmed: 24 hours later.',
  })
  lapsesAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a second person confirmed it, so that it stays; null until then.',
  })
  confirmedAt!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'When someone lifted it; null if nobody did.' })
  liftedAt!: Date | null;
}
