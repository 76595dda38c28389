import type { Given } from '../../../support/county/rows.js';
import { ago, ahead } from '../../../support/days.js';
import type { Scene } from './scene.js';
import type { About, Targets } from './targets.js';

/** The sector of the district, and an organisation to which persons are sent. Answers the id of the organisation. */
export async function openOrganisation({ make, districtId }: Scene): Promise<string> {
  await make.sector({ districtId, validUntil: '2099-01-01' });
  return make.organisation({
    source: 'essai',
    sourceId: 'essai--1',
    name: 'Épicerie',
    nameKey: 'epicerie',
    description: 'Une épicerie.',
    siret: '13003013300016',
    addressLine: '3 rue des Lilas',
    addressComplement: 'Bâtiment B',
    postalCode: '93270',
    city: 'Sevran',
    communeCode: '93071',
    latitude: 48.9,
    longitude: 2.5,
    phone: '01 99 00 00 03',
    email: 'epicerie@example.org',
    website: 'https://epicerie.example.org',
    openingHours: 'Mo-Fr 09:00-12:00',
    accessibilityUrl: 'https://acceslibre.example.org',
    sourceUrl: 'https://essai.example.org',
    networks: ['emmaus'],
    themes: ['numerique--acquerir-un-equipement'],
    updatedOn: '2026-01-01',
  });
}

/**
 * Alice sends the person on: to yann, who has refused one referral and must answer another; to the organisation; and to the district, where
 * the head must allocate the referral.
 */
export async function openReferrals(
  { make, districtId, needCode, workers: { alice, yann } }: Scene,
  { caseId, personId, online }: About,
  toOrganisationId: string,
): Promise<
  Pick<Targets, 'Referral' | 'answeredReferral' | 'organisationReferral' | 'openReferral' | 'waitingReferral'>
> {
  const refer = async (row: Given<'referral'>): Promise<string> => {
    const referralId = await make.referral({
      caseId,
      sentById: alice,
      sentAt: ago(5),
      onlinePersonId: online ? personId : null,
      ...row,
    });
    await make.referralPerson({ referralId, caseId, personId });
    await make.referralContent({ referralId, text: `Orientation ${referralId}`, needCodes: [needCode] });
    return referralId;
  };
  const toYann = { toDistrictId: districtId, toWorkerId: yann };
  const answered = await refer({ ...toYann, status: 'REFUSED', refusal: 'NO_PLACE', closedAt: ago(1) });
  return {
    Referral: answered,
    answeredReferral: answered,
    organisationReferral: await refer({ toOrganisationId }),
    openReferral: await refer({ ...toYann, onlinePersonId: null }),
    waitingReferral: await refer({ toDistrictId: districtId }),
  };
}

/** A partner asks about the person: yann has answered one request and must answer another; the head must allocate a third. */
export async function openIncoming(
  { make, districtId, workers: { yann } }: Scene,
  { personId }: About,
): Promise<Pick<Targets, 'IncomingRequest' | 'answeredIncoming' | 'openIncoming' | 'waitingIncoming'>> {
  const receive = async (row: Given<'incomingRequest'>): Promise<string> => {
    const requestId = await make.incomingRequest({
      districtId,
      mandated: true,
      personId,
      recordedAt: ago(5),
      informBy: ahead(20),
      ...row,
    });
    await make.incomingRequestContent({ requestId, text: `Saisine ${requestId}` });
    return requestId;
  };
  const answered = await receive({
    workerId: yann,
    status: 'ANSWERED',
    closedAt: ago(1),
    informedAt: ago(1),
    deferralGround: 'SECRECY',
    reviewBy: ahead(30),
  });
  return {
    IncomingRequest: answered,
    answeredIncoming: answered,
    openIncoming: await receive({ workerId: yann, status: 'ALLOCATED' }),
    waitingIncoming: await receive({ status: 'RECEIVED' }),
  };
}
