import { Field, ID, InputType, Int, ObjectType } from 'type-graphql';
import { connectionOf } from '../connection.js';
import { DateTime } from '../scalars.js';

@ObjectType({ description: 'Message: please call back. Its worker alone reads it, once it is sent.' })
export class Message {
  @Field(() => ID, { nullable: true })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Of someone who is not known, as they give it.' })
  name!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Where to call, if they say; else by their safe contact.',
  })
  phone!: string | null;

  @Field(() => String, { nullable: true, description: 'Of one by `sendBlindMessage`: what its sender says.' })
  text!: string | null;

  @Field(() => DateTime, { nullable: true, description: 'From when on it suits them.' })
  callFrom!: Date | null;

  @Field(() => DateTime, { nullable: true, description: 'Until when it suits them.' })
  callUntil!: Date | null;

  @Field(() => DateTime, { nullable: true })
  sentAt!: Date;

  @Field(() => DateTime, { nullable: true, description: 'Null until they were called back.' })
  doneAt!: Date | null;

  @Field(() => Int, { nullable: true })
  version!: number;
}

export const { Connection: MessageConnection } = connectionOf('Message', () => Message);

@ObjectType({ description: 'That a message was sent: whoever sends it reads it no longer.' })
export class SentMessage {
  @Field(() => ID, { nullable: true })
  id!: string;
}

@InputType()
export class SendMessageInput {
  @Field(() => ID)
  districtId!: string;

  @Field(() => ID, { description: 'Who is to call back.' })
  workerId!: string;

  @Field(() => ID, { nullable: true })
  personId?: string | null;

  @Field(() => String, { nullable: true, description: 'Of someone who is not known, as they give it.' })
  name?: string | null;

  @Field(() => String, { nullable: true, description: 'Where to call, if they say.' })
  phone?: string | null;

  @Field(() => DateTime, { nullable: true })
  callFrom?: Date | null;

  @Field(() => DateTime, { nullable: true })
  callUntil?: Date | null;
}
