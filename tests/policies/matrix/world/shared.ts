import { openFreeSlots, openHoursOfOffers } from './agenda.js';
import { openAbsenceOfAlice, spareClient, suspensionsToRead } from './directory.js';
import { type Indicators, openIndicators } from './indicators.js';
import { openNoticeDraft, publishNotice } from './notices.js';
import { openOptions, openWalkInHour } from './options.js';
import { openOrganisation } from './orientation.js';
import type { Scene } from './scene.js';
import { openSimulation } from './simulations.js';
import type { Targets } from './targets.js';
import { offerFurtherDown, openWaitingWeeks } from './waiting-list.js';

/** The rows that all dossiers have in common. */
export interface Shared {
  readonly targets: Pick<
    Targets,
    | 'Absence'
    | 'Client'
    | 'Suspension'
    | 'liftedSuspension'
    | 'District'
    | 'Erratum'
    | 'Membership'
    | 'Organisation'
    | 'PrivacyNoticeDraft'
    | 'Relay'
    | 'waitingRelay'
    | 'WaitSimulation'
    | 'Worker'
    | 'adoptedIndicator'
    | 'bookingClient'
    | 'busyWorker'
    | 'needCode'
    | 'notice'
    | 'proposingDistrict'
  >;
  readonly indicators: Indicators;
  /** The hours of dan in which times are held, and the offer to a person further down the waiting list. */
  readonly waiting: { readonly hours: string; readonly further: string };
}

export async function openShared(scene: Scene): Promise<Shared> {
  const { districtId, workers } = scene;
  const organisation = await openOrganisation(scene);
  const absence = await openAbsenceOfAlice(scene);
  const draft = await openNoticeDraft(scene, workers.adviser, workers.alice);
  await publishNotice(scene);
  const client = await spareClient(scene, true);
  await openOptions(scene);
  await openWalkInHour(scene);
  await openFreeSlots(scene);
  const hours = await openHoursOfOffers(scene);
  await openWaitingWeeks(scene);
  const simulation = await openSimulation(scene);
  const indicators = await openIndicators(scene, simulation);
  const further = await offerFurtherDown(scene);
  return {
    targets: {
      ...absence,
      Client: client,
      ...(await suspensionsToRead(scene)),
      District: districtId,
      Erratum: indicators.unsigned,
      Organisation: organisation,
      PrivacyNoticeDraft: draft,
      WaitSimulation: simulation,
      Worker: workers.alice,
      adoptedIndicator: indicators.adopted,
      bookingClient: scene.bookingClient,
      busyWorker: workers.dan,
      needCode: scene.needCode,
      notice: scene.notice,
      proposingDistrict: districtId,
    },
    indicators,
    waiting: { hours, further },
  };
}
