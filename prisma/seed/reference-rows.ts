import { WHO_READS_WHAT } from '../../src/services/data-protection/who-reads-what.js';
import { APPOINTMENT_TYPES } from './reference/appointment-types.js';
import { COMMUNES } from './reference/communes.js';
import { NEED_CODES } from './reference/need-codes.js';
import { PRIVACY_NOTICES, type PrivacyNoticeReference } from './reference/privacy-notices.js';
import { PUBLIC_HOLIDAY_YEARS, publicHolidays } from './reference/public-holidays.js';
import { makeIds, type Row } from './rows.js';

/** The tables that the whole county shares. */
export interface ReferenceRows {
  readonly communes: readonly Row[];
  readonly holidays: readonly Row[];
  readonly needCodes: readonly Row[];
  readonly appointmentTypes: readonly Row[];
  readonly privacyNotices: readonly Row[];
}

export function makeReferenceRows(): ReferenceRows {
  const years = Array.from(
    { length: PUBLIC_HOLIDAY_YEARS.last - PUBLIC_HOLIDAY_YEARS.first + 1 },
    (_, index) => PUBLIC_HOLIDAY_YEARS.first + index,
  );
  return {
    communes: COMMUNES.map(({ inseeCode, name, population }) => ({
      insee_code: inseeCode,
      name,
      population,
    })),
    holidays: years
      .flatMap((year) => publicHolidays(year))
      .map(({ date, labelFr, labelEn }) => ({ day: date, label_fr: labelFr, label_en: labelEn })),
    needCodes: NEED_CODES.map((need) => ({
      code: need.code,
      theme: need.theme,
      label_fr: need.labelFr,
      label_en: need.labelEn,
      definition_fr: need.definitionFr,
      counts_fr: need.countsFr,
      does_not_count_fr: need.doesNotCountFr,
      sensitive: need.sensitive,
    })),
    appointmentTypes: APPOINTMENT_TYPES.map((type) => ({
      code: type.code,
      label_fr: type.labelFr,
      label_en: type.labelEn,
      public_label_fr: type.publicLabelFr,
      public_label_en: type.publicLabelEn,
      duration_minutes: type.durationMinutes,
      modes: type.modes,
      bookable_by: type.bookableBy,
      places: type.places ?? null,
      option: type.option ?? null,
    })),
    privacyNotices: makePrivacyNotices(),
  };
}

/** The model of a notice, without the sentences about who reads what. Its first paragraph is the title. */
export interface ModelNotice {
  readonly kind: 'SHORT' | 'FULL';
  readonly version: number;
  readonly textFr: string;
  readonly textEn: string;
  readonly effectiveFrom: string;
}

/** Returns the model of each version of a notice, in both languages. */
export function modelNotices(): readonly ModelNotice[] {
  const text = ({ title, body }: PrivacyNoticeReference): string => `${title}\n\n${body}`;
  return PRIVACY_NOTICES.filter(({ language }) => language === 'fr').map((french) => {
    const english = PRIVACY_NOTICES.find(
      ({ kind, version, language }) =>
        language === 'en' && kind === french.kind && version === french.version,
    );
    if (english === undefined) throw new Error(`privacy notice ${french.kind} ${french.version}: no English`);
    return {
      kind: french.kind,
      version: Number.parseInt(french.version, 10),
      textFr: text(french),
      textEn: text(english),
      effectiveFrom: french.effectiveFrom,
    };
  });
}

/** Makes the privacy notices as a demonstration has published them. The last paragraph says who reads what. */
function makePrivacyNotices(): Row[] {
  const nextId = makeIds('privacy-notice');
  return modelNotices().map(({ kind, version, textFr, textEn, effectiveFrom }) => ({
    id: nextId(),
    kind,
    version,
    text_fr: `${textFr}\n\n${WHO_READS_WHAT.fr}`,
    text_en: `${textEn}\n\n${WHO_READS_WHAT.en}`,
    who_reads_fr: WHO_READS_WHAT.fr,
    who_reads_en: WHO_READS_WHAT.en,
    published_on: effectiveFrom,
  }));
}
