import { makePersonReference } from '../../../../prisma/seed/references.js';
import { ago } from '../../../support/days.js';
import { SECURE_DRAW } from '../../../support/draw.js';
import type { Scene } from './scene.js';

export interface KnownPerson {
  readonly id: string;
  readonly familyName: string;
  readonly reference: string;
}

/** A person with an open address: every nullable column that a standpoint reads is filled. */
export async function openPerson({ make, districtId }: Scene, name: string): Promise<KnownPerson> {
  const familyName = `Cible ${name}`;
  const reference = makePersonReference(SECURE_DRAW, 10);
  const id = await make.person({
    districtId,
    reference,
    givenName: 'Ana',
    familyName,
    chosenName: 'Anna',
    birthDate: '1980-05-17',
    phone: '01 99 00 00 01',
    email: 'quelquun@example.org',
    safeContact: 'LETTER',
    language: 'tam',
    communicationNeeds: ['INTERPRETER'],
    createdAt: ago(500),
  });
  await make.personAddress({ personId: id, recordedAt: ago(100) });
  return { id, familyName, reference };
}

/** A person with a login. */
export async function openAccount(scene: Scene, name: string, subject: string): Promise<KnownPerson> {
  const person = await openPerson(scene, name);
  await scene.make.personAccount({ personId: person.id, subject });
  return person;
}
