import { findPlantedLeaks, OTHERS } from './find-planted-leaks.js';
import { PLANTS, type PlantName } from './planted-leaks.js';

/** Every leak; and without one, all that can be asked and done is clean. */
findPlantedLeaks({
  plants: (Object.keys(PLANTS) as PlantName[]).filter((name) => name !== 'mutation payload'),
  whole: true,
  viewers: OTHERS,
});
