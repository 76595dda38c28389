import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'A change on the board of a reception.' })
export class VisitChange {
  @Field(() => Boolean, {
    nullable: true,
    description:
      'True: ask `visits` again. It is true in the first event, and whenever a change may have been missed.',
  })
  reload!: boolean;
}
