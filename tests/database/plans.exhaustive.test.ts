import { readByIndex } from './read-by-index.js';

readByIndex();
