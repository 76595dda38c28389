import { Arg, Args, Ctx, FieldResolver, Mutation, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadWorker } from '../../src/services/directory/directory.js';
import { loadPerson } from '../../src/services/person/persons.js';
import * as messages from '../../src/services/reception/messages.js';
import { ConnectionArgs } from '../connection.js';
import { VersionedInput } from '../directory/directory.input.js';
import { Worker } from '../directory/directory.type.js';
import { Person } from '../person/person.type.js';
import { Message, MessageConnection, SendMessageInput, SentMessage } from './message.type.js';

@Resolver(() => Message)
export class MessageResolver {
  @Query(() => MessageConnection, {
    nullable: true,
    description: 'Messages to the viewer that wait for a call back, the oldest first.',
  })
  messages(@Ctx() op: Operation, @Args(() => ConnectionArgs) args: ConnectionArgs) {
    return messages.listMessages(op, args);
  }

  @FieldResolver(() => Person, {
    nullable: true,
    description: 'The person to call back; null for someone who is not known.',
  })
  person(@Ctx() op: Operation, @Root() row: messages.MessageRow) {
    return row.personId === null ? null : loadPerson(op, row.personId);
  }

  @FieldResolver(() => String, {
    nullable: true,
    description: 'The text of a blind message (`sendBlindMessage`); null for any other.',
  })
  text(@Ctx() op: Operation, @Root() row: messages.MessageRow) {
    return messages.loadMessageText(op, row);
  }

  @FieldResolver(() => Worker, {
    nullable: true,
    description: 'The worker who sent a blind message (`sendBlindMessage`); null for any other.',
  })
  sender(@Ctx() op: Operation, @Root() row: messages.MessageRow) {
    return row.fromWorkerId === null ? null : loadWorker(op, row.fromWorkerId);
  }

  @Mutation(() => SentMessage, {
    nullable: true,
    description: 'Asks a colleague to call someone back. Nobody is asked what about.',
  })
  sendMessage(@Ctx() op: Operation, @Arg('input', () => SendMessageInput) input: SendMessageInput) {
    return messages.sendMessage(op, input);
  }

  @Mutation(() => Message, {
    nullable: true,
    description: 'Records that someone was called back, or need not be.',
  })
  closeMessage(@Ctx() op: Operation, @Arg('input', () => VersionedInput) input: VersionedInput) {
    return messages.closeMessage(op, input);
  }
}
