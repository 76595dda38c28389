import { ArgsType, type ClassType, Field, Int, ObjectType } from 'type-graphql';

@ObjectType({
  description:
    'Whether and where a list goes on (GraphQL Cursor Connections Specification). No total is offered.',
})
export class PageInfo {
  @Field(() => Boolean, { description: 'Whether more rows come after this page.' })
  hasNextPage!: boolean;

  @Field(() => Boolean, {
    description:
      'Whether this page was asked for with `after`, so that rows stood before it. Lists are read forward only.',
  })
  hasPreviousPage!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the first row of this page; null if the page is empty.',
  })
  startCursor!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The cursor of the last row of this page, to be sent as `after`; null if the page is empty.',
  })
  endCursor!: string | null;
}

@ArgsType()
export class ConnectionArgs {
  @Field(() => Int, { nullable: true })
  first?: number | null;

  @Field(() => String, { nullable: true })
  after?: string | null;
}

/** Makes the two types of a Relay connection for a node type: the edge and the connection. */
export function connectionOf(
  name: string,
  node: () => ClassType,
): { readonly Connection: ClassType; readonly Edge: ClassType } {
  @ObjectType(`${name}Edge`, { description: `One \`${name}\` in a list, and its place there.` })
  class Edge {
    @Field(() => String, {
      description: 'The place in the list. Sent as `after`, it asks for the rows that come next.',
    })
    cursor!: string;

    @Field(node, { description: 'The row at this place of the list.' })
    node!: object;
  }

  @ObjectType(`${name}Connection`, {
    description: `A page of a list of \`${name}\` (GraphQL Cursor Connections Specification). There is no total.`,
  })
  class Connection {
    @Field(() => [Edge], { description: 'The rows of the page, in the order of the list.' })
    edges!: Edge[];

    @Field(() => PageInfo, { description: 'Whether and where the list goes on.' })
    pageInfo!: PageInfo;
  }
  return { Connection, Edge };
}
