import type { TestDatabase } from '../../../support/database.js';
import { openChangeOfDay } from './acts.js';
import { openCalendarsOfAll, openFeed } from './agenda.js';
import { openPersonToInform } from './cases.js';
import { openDossier } from './dossier.js';
import { openAccount, openPerson } from './persons.js';
import { openScene } from './scene.js';
import { openShared } from './shared.js';
import { type Common, type Standpoint, standAt } from './stands.js';
import type { Stand, World } from './targets.js';

/**
 * Builds two districts, a login for each standpoint, and a dossier that all of them look at. The case is assigned to alice, before to bruno,
 * before to mia, who then moves. Rosa stands in for alice, dan holds the appointments, nadia is on duty. Yann receives the person at the
 * reception: he holds an encounter, must call the person back, and receives referrals and partners’ requests about them. Bruno held another
 * encounter, and passed it on to alice. Fatou is offered a handover.
 * Every nullable column of a row to read is filled, so that null means refused.
 */
export async function buildWorld(database: TestDatabase): Promise<World> {
  const scene = await openScene(database);
  const shared = await openShared(scene);
  const { alice, mia, suivie } = scene.workers;

  const ana = await openAccount(scene, 'principale', 'ana');
  const hana = await openAccount(scene, 'non montrée', 'hana');
  const mate = await openAccount(scene, 'du foyer', 'mate');
  await openAccount(scene, 'ailleurs', 'stranger');
  const shown = await openDossier(scene, shared, {
    person: ana,
    online: true,
    toRead: true,
    calendarOf: alice,
    release: 'pending',
  });
  const hidden = await openDossier(scene, shared, {
    person: hana,
    online: false,
    toRead: true,
    release: 'approved',
  });
  const household = await openDossier(scene, shared, {
    alsoAbout: mate.id,
    online: true,
    toRead: true,
    release: 'pending',
  });
  // In the other district mia reads nothing of the case.
  await database.sql(`update membership set district_id = $2, role = 'RECEPTIONIST' where worker_id = $1`, [
    mia,
    scene.otherDistrictId,
  ]);
  await openCalendarsOfAll(scene);
  // Every worker has a notification.
  await database.sql(
    `insert into notification (worker_id, kind) select id, 'RELAY_OPENED' from worker where subject not like '%.%'`,
  );

  const common: Common = {
    scene,
    shared,
    shown,
    calendars: {
      CalendarFeed: await openFeed(scene, suivie),
      OutsideCalendar: household.targets.OutsideCalendar,
    },
  };
  const stands = new Map<string, Stand>();
  const stand = (key: string, login: string | null, standpoint: Standpoint = {}): void => {
    stands.set(key, standAt(common, stands.size, key, login, standpoint));
  };
  stand('worker-assigned', 'alice', { encounter: 'passedOn' });
  stand('worker-handed-over', 'alice', { note: 'handed', handover: 'accepted', encounter: 'passedOn' });
  stand('worker-not-handed-over', 'alice', { note: 'kept', encounter: 'passedOn' });
  stand('worker-formerly-assigned', 'bruno', { note: 'kept', handover: 'accepted', encounter: 'passedOn' });
  stand('worker-moved', 'mia', { note: 'moved', handover: 'fromMoved' });
  stand('worker-relay', 'rosa');
  stand('worker-appointment', 'dan');
  stand('worker-on-duty', 'nadia');
  stand('worker-reception', 'yann');
  stand('worker-recipient', 'fatou', { offered: 'toRecipient' });
  stand('worker-same-district', 'carla');
  stand('worker-other-district', 'gaston');
  stand('head-same-district', 'hélène');
  stand('head-other-district', 'hugo');
  stand('desk-same-district', 'rené');
  stand('desk-other-district', 'rémi');
  stand('adviser-pending', 'adviser');
  stand('adviser-none', 'adviser', { of: hidden });
  stand('data-protection-officer', 'dpo');
  stand('administrator', 'admin');
  stand('trainee', 'tim');
  stand('person-shown', 'ana', { person: ana, online: true, clientId: 'front.person' });
  stand('person-not-shown', 'hana', { of: hidden, person: hana, clientId: 'front.person' });
  stand('person-household', 'mate', {
    of: household,
    alsoAbout: mate.id,
    online: true,
    clientId: 'front.person',
  });
  stand('person-other', 'stranger', { clientId: 'front.person' });
  for (const client of ['reporting', 'integration', 'booking'])
    stand(`client-${client}`, `client.${client}`, { clientId: `client.${client}` });
  stand('anonymous', null);
  await openChangeOfDay(scene);
  await openPersonToInform(scene, (await openPerson(scene, 'à informer')).id);
  // Alice has such a notification of each worker who knows the contact of a person of hers, and of each option. So many would hide the one
  // that is read.
  await database.sql(`delete from notification where kind in ('CONTACT_OPENED', 'OPTION_PROPOSED')`);
  return { stands };
}
