import { z } from 'zod';

/**
 * The schema of data.inclusion, version 1: structures, and the themes of their services
 * (https://github.com/gip-inclusion/data-inclusion-schema, schemas/v1). Fields that a later version adds are ignored. Networks and themes
 * come from lists that grow. So only their form is checked, and not their value.
 */
const text = (max: number) => z.string().trim().min(1).max(max).nullish();
const code = z.string().regex(/^\w{5}$/, 'must be of five letters or digits');
const slug = z.string().regex(/^[a-z0-9]+(-+[a-z0-9]+)*$/, 'must be of a-z, 0-9 and -');
// A web page may make a link of it, so only http and https are accepted.
const url = z
  .url({ protocol: /^https?$/ })
  .max(2083)
  .nullish();

const structure = z.object({
  source: z.string().trim().min(1).max(100),
  id: z.string().trim().min(1).max(200),
  nom: z.string().trim().min(3).max(150),
  date_maj: z.iso.date().refine((day) => day >= '2000-01-01' && day <= tomorrow(), {
    message: 'must be of this century, and not to come',
  }),
  description: z.string().max(10_000).nullish(),
  lien_source: url,
  siret: z
    .string()
    .regex(/^\d{14}$/, 'must be of 14 digits')
    .nullish(),
  commune: text(200),
  code_postal: z
    .string()
    .regex(/^\d{5}$/, 'must be of 5 digits')
    .nullish(),
  code_insee: code.nullish(),
  adresse: text(500),
  complement_adresse: text(500),
  longitude: z.number().min(-180).max(180).nullish(),
  latitude: z.number().min(-90).max(90).nullish(),
  telephone: text(50),
  courriel: z.email().max(320).nullish(),
  site_web: url,
  horaires_accueil: text(1_000),
  accessibilite_lieu: url,
  reseaux_porteurs: z.array(slug.max(100)).max(100).nullish(),
});

const service = z.object({
  id: z.string().trim().min(1).max(200),
  structure_id: z.string().trim().min(1).max(200),
  thematiques: z.array(slug.max(200)).max(100).nullish(),
});

export type Structure = z.infer<typeof structure>;
export type Service = z.infer<typeof service>;

/** Returns tomorrow's day. A file that is published at night in Paris may have tomorrow's date by the clock of this machine. */
function tomorrow(): string {
  return new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
}

/** The most rows of a file. No county has more; a file of the whole country is cut down first. */
const MAX_ROWS = 50_000;
const MAX_FAULTS = 50;

function parseRows<T>(what: string, rows: z.ZodType<T>, json: unknown): T[] {
  const parsed = z.array(rows).max(MAX_ROWS).safeParse(json);
  if (parsed.success) return parsed.data;
  throw refused(parsed.error.issues.map(({ path, message }) => `${what}.${path.join('.')}: ${message}`));
}

function refused(faults: readonly string[]): Error {
  const more = faults.length - MAX_FAULTS;
  const lines = [...faults.slice(0, MAX_FAULTS), ...(more > 0 ? [`and ${more} more`] : [])];
  return new Error(`The file is refused:\n${lines.map((line) => `  - ${line}`).join('\n')}`);
}

/**
 * Reads structures, and their services if there are any.
 * @throws Error that names the faulty places, 50 at most
 */
export function parseDirectory(
  structures: unknown,
  services: unknown = [],
): { readonly structures: readonly Structure[]; readonly services: readonly Service[] } {
  const parsed = {
    structures: parseRows('structures', structure, structures),
    services: parseRows('services', service, services),
  };
  const ids = new Set<string>();
  const faults: string[] = [];
  for (const [nth, { id }] of parsed.structures.entries()) {
    if (ids.has(id)) faults.push(`structures.${nth}.id: is there twice`);
    ids.add(id);
  }
  for (const [nth, of] of parsed.services.entries())
    if (!ids.has(of.structure_id)) faults.push(`services.${nth}.structure_id: is of no structure`);
  if (faults.length > 0) throw refused(faults);
  return parsed;
}
