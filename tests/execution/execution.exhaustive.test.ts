import { describe } from '@jest/globals';
import { answersLikeGraphqlJs } from './like-graphql-js.js';

describe('a planned execution answers as graphql-js does', () => answersLikeGraphqlJs(3_000));
