import { findPlanted, PLANTED } from './find-planted.js';

findPlanted(Object.keys(PLANTED) as (keyof typeof PLANTED)[]);
