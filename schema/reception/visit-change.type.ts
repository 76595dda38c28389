import { Field, ObjectType } from 'type-graphql';

@ObjectType({ description: 'What has changed on a board of reception. Its `visit` is as it is now.' })
export class VisitChange {
  @Field(() => Boolean, {
    nullable: true,
    description: 'True: ask `visits` again. So it is at first, and whenever something may have been missed.',
  })
  reload!: boolean;
}
