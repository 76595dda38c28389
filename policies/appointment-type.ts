import type { TypePolicy } from './compile.js';
import { allow } from './rules.js';

/** The types are public. */
export const AppointmentType: TypePolicy = {
  code: allow,
  labelFr: allow,
  labelEn: allow,
  publicLabelFr: allow,
  publicLabelEn: allow,
  durationMinutes: allow,
  modes: allow,
  places: allow,
};
