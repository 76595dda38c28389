/**
 * One tab of the page. Its title is the name of the operation in `query`; `?operation=<name>` opens on it.
 */
export interface GraphiqlExample {
  readonly name: string;
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

/** The operations GraphiQL opens with, in tab order. */
export const GRAPHIQL_EXAMPLES: readonly GraphiqlExample[] = [
  {
    name: 'Moi',
    query: `query Moi {
  viewer {
    kind
    worker {
      displayName
    }
    memberships {
      role
      district {
        name
      }
    }
  }
}
`,
  },
  {
    name: 'Dossiers',
    query: `query Dossiers {
  cases(first: 10) {
    edges {
      node {
        id
        reference
        status
        mission
        persons {
          displayName
        }
        interviewNotes(first: 3) {
          edges {
            node {
              body
              writtenAt
              author {
                displayName
              }
            }
          }
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
`,
  },
  {
    name: 'Circonscriptions',
    query: `query Circonscriptions {
  districts {
    name
    addressLine
    postalCode
    city
    phone
  }
}
`,
  },
];
