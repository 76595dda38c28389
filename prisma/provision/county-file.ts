import { z } from 'zod';
import { SCOPES } from '../../src/auth/scopes.js';

const text = z.string().trim().min(1).max(200);
const slug = z.string().regex(/^[a-z0-9-]{1,40}$/, 'must be of a-z, 0-9 and -');
const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM');
const COUNTY_ROLES = ['TECHNICAL_ADVISER', 'DATA_PROTECTION_OFFICER', 'ADMINISTRATOR'] as const;
const DISTRICT_ROLES = ['RECEPTIONIST', 'SOCIAL_WORKER', 'TRAINEE', 'DISTRICT_HEAD'] as const;

const schema = z.strictObject({
  districts: z.array(
    z.strictObject({
      slug,
      name: text,
      addressLine: text,
      postalCode: text,
      communeCode: z.string().regex(/^\d[0-9AB]\d{3}$/, 'must be an INSEE code'),
      phone: text,
      /** The day on which the district is switched on. Rule 12: this takes a date and the recorded opinion of the staff committee. */
      switchedOnOn: z.iso.date(),
      staffOpinion: text,
      communes: z.array(z.string()).default([]),
      /** The streets of the sector, in a commune that several districts serve. */
      streets: z
        .array(
          z.strictObject({
            communeCode: z.string(),
            names: z.array(text.regex(/^[^;]+$/, 'must have no ;')).min(1),
          }),
        )
        .default([]),
      /** The other places where it receives: hours and appointments choose from them, and they stand on public pages. */
      places: z.array(z.string().trim().min(1).max(120)).default([]),
      openingHours: z
        .array(z.strictObject({ weekday: z.number().int().min(1).max(7), opensAt: time, closesAt: time }))
        .default([]),
    }),
  ),
  /**
   * The officer's address, with which the model's notices are drafted. The opinion and the publication are acts of the officer and the
   * administrator, in the API.
   */
  privacyNotices: z.strictObject({ officerAddress: z.email() }).optional(),
  clients: z.array(
    z.strictObject({
      issuer: z.url(),
      clientId: text,
      kind: z.enum(['FRONT_END', 'INTEGRATION', 'REPORTING']),
      name: text,
      scopes: z.array(z.enum(SCOPES)),
      /** How many bookings ahead one address of the end users of a booking client may have; 3 unless given. */
      bookingsAheadOfAddress: z.number().int().min(1).max(1000).optional(),
    }),
  ),
  workers: z.array(
    z.strictObject({
      issuer: z.url(),
      subject: text,
      givenName: text,
      familyName: text,
      memberships: z.array(
        z.union([
          z.strictObject({ role: z.enum(COUNTY_ROLES) }),
          z.strictObject({ role: z.enum(DISTRICT_ROLES), district: slug }),
        ]),
      ),
    }),
  ),
});

/** The districts, clients and workers with which a county begins. */
export type CountyFile = z.infer<typeof schema>;

/**
 * Reads the file of a county.
 * @throws Error that names every faulty place of the file
 */
export function parseCounty(json: unknown): CountyFile {
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`The file is refused:\n${faults.join('\n')}`);
}
