import { findPlantedLeaks } from './find-planted-leaks.js';

/** A leak into an answer and one that only a comparison shows. All are in `npm run test:exhaustive -- planted-leaks`. */
findPlantedLeaks({ plants: ['nested field', 'cursor'], viewers: ['reception.sevran'], cleanOf: 8 });
