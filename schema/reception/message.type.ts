import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { LONGEST } from '../../src/services/operation/longest.js';
import { charactersOf } from '../characters-of.js';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';

@ObjectType({ description: 'Message: please call back. Only its worker reads it, once it is sent.' })
export class Message {
  @Field(() => ID)
  id!: string;

  @Field(() => String, {
    nullable: true,
    description: 'The name that is given by someone who is not known; null otherwise.',
  })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The number to call, if they say one; else the person’s safe contact counts.',
  })
  phone!: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on a call suits them; null if they did not say.',
  })
  callFrom!: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when a call suits them; null if they did not say.',
  })
  callUntil!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'The instant at which a colleague sent it.' })
  sentAt!: Date;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was recorded that they were called back, or need not be; null until then.',
  })
  doneAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: MessageConnection } = connectionOf('Message', () => Message);

@ObjectType({ description: 'Confirms that a message was sent. The worker who sent it no longer reads it.' })
export class SentMessage {
  @Field(() => ID, { description: 'The `id` of the message.' })
  id!: string;
}

@InputType({
  description: 'The worker who is to call back, and the person to call. There is no field for the reason.',
})
export class SendMessageInput {
  @Field(() => ID, { description: 'The district of the worker who is to call back.' })
  districtId!: string;

  @Field(() => ID, { description: 'The worker who is to call back.' })
  workerId!: string;

  @Field(() => ID, { nullable: true, description: 'The person to call back, if the service knows them.' })
  personId?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The name of someone who is not known, as they give it, at most ${charactersOf(LONGEST.name)}; required without \`personId\`.`,
  })
  name?: string | null;

  @Field(() => String, {
    nullable: true,
    description: `The number to call, if they say one; at most ${charactersOf(LONGEST.phone)}.`,
  })
  phone?: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'From when on a call suits them, at most 31 days ahead.',
  })
  callFrom?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when a call suits them, at most 31 days after `callFrom`, or after now.',
  })
  callUntil?: Date | null;
}
