import type { TypePolicy } from '../rules/compile.js';
import * as forWhom from '../rules/relations.js';
import { allow } from '../rules/rules.js';

/** Reached through `Query.busyTimes` alone. */
export const Slot: TypePolicy = { startsAt: allow, endsAt: allow };

/** Créneau libre. The time is public, who is free then is not. */
export const FreeSlot: TypePolicy = {
  startsAt: allow,
  endsAt: allow,
  district: allow,
  modes: allow,
  place: allow,
  workers: forWhom.colleaguesOfTheDistrict,
};

export const SlotSearch: TypePolicy = { slots: allow, whyNone: allow };
