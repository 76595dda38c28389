import { findPlantedLeaks, OTHERS } from './find-planted-leaks.js';
import { PLANTS, type PlantName } from './planted-leaks.js';

/** Every leak. */
findPlantedLeaks({
  plants: (Object.keys(PLANTS) as PlantName[]).filter((name) => name !== 'mutation payload'),
  viewers: OTHERS,
});
