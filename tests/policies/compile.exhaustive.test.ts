import { describe } from '@jest/globals';
import { answersLikeShield } from './like-shield.js';

describe('compiled policies and graphql-shield', () => answersLikeShield(2_500));
