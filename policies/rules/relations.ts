// The vocabulary of the policies. Each name reads as the end of "this field is for…".

export * from './relations/act.js';
export * from './relations/agenda.js';
export * from './relations/appointment.js';
export * from './relations/case.js';
export * from './relations/directory.js';
export * from './relations/incoming-request.js';
export * from './relations/interview-note.js';
export * from './relations/person.js';
export * from './relations/reception.js';
export * from './relations/referral.js';
export * from './relations/release.js';
export * from './relations/roles.js';
export * from './relations/statistics.js';
export * from './relations/waiting-list.js';
