import { Field, ID, Int, ObjectType } from 'type-graphql';
import { DateTime } from '../scalars.js';
import { ClientKind, Role, ViewerKind } from './directory.enums.js';

@ObjectType({ description: 'Circonscription de service social: serves sectors of the county.' })
export class District {
  @Field(() => ID)
  id!: string;

  @Field(() => String)
  slug!: string;

  @Field(() => String)
  name!: string;

  @Field(() => String)
  addressLine!: string;

  @Field(() => String)
  postalCode!: string;

  @Field(() => String)
  city!: string;

  @Field(() => String)
  phone!: string;
}

@ObjectType({ description: 'Local wall time in Europe/Paris.' })
export class OpeningHours {
  @Field(() => Int, { description: '1 is Monday (ISO 8601).' })
  weekday!: number;

  @Field(() => String, { description: '`HH:MM`' })
  opensAt!: string;

  @Field(() => String, { description: '`HH:MM`' })
  closesAt!: string;
}

@ObjectType({ description: 'By its INSEE code (code officiel géographique).' })
export class Commune {
  @Field(() => ID)
  inseeCode!: string;

  @Field(() => String)
  name!: string;
}

@ObjectType({ description: 'Agent of the service.' })
export class Worker {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true })
  givenName!: string;

  @Field(() => String, { nullable: true })
  familyName!: string;

  @Field(() => DateTime, { nullable: true })
  disabledAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType({ description: 'A role in a district, or county-wide, from an instant until an instant.' })
export class Membership {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => Role, { nullable: true })
  role!: string;

  @Field(() => DateTime, { nullable: true })
  startsAt!: Date;

  @Field(() => DateTime, { nullable: true })
  endsAt!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When a second administrator said that its worker has gone.',
  })
  endConfirmedAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType('Client', { description: 'A registered API client with its scopes.' })
export class ApiClient {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true })
  clientId!: string;

  @Field(() => ClientKind, { nullable: true })
  kind!: string;

  @Field(() => String, { nullable: true })
  name!: string;

  @Field(() => [String], { nullable: true })
  scopes!: string[];

  @Field(() => DateTime, { nullable: true })
  disabledAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

@ObjectType('Viewer', { description: 'Who makes the request: never null.' })
export class ViewerType {
  @Field(() => ViewerKind)
  kind!: string;
}

@ObjectType({ description: 'A role that the viewer holds now.' })
export class ViewerRoleIn {
  @Field(() => Role)
  role!: string;
}
