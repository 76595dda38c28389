import type { TypePolicy } from '../rules/compile.js';
import { allow } from '../rules/rules.js';

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
