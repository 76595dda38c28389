import type { TypePolicy } from '../rules/policy.js';
import { allow } from '../rules/rules.js';

/** The matrix of who sees what: public. */
export const PolicyMatrix: TypePolicy = {
  fr: 'Qui voit quoi : le tableau',
  en: 'Who sees what: the table',
  technical: true,
  fields: {
    standpoints: { to: allow, fr: 'points de vue' },
    types: { to: allow, fr: 'objets', en: 'types' },
    actions: { to: allow, fr: 'actions' },
  },
};
/** A column of the matrix: public. */
export const PolicyStandpoint: TypePolicy = {
  fr: 'Qui voit quoi : un point de vue',
  en: 'Who sees what: a standpoint',
  technical: true,
  fields: {
    key: { to: allow, fr: 'nom technique', en: 'technical name' },
    roleFr: { to: allow, fr: 'fonction en français', en: 'role in French' },
    roleEn: { to: allow, fr: 'fonction en anglais', en: 'role in English' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    descriptionFr: { to: allow, fr: 'description en français', en: 'description in French' },
    descriptionEn: { to: allow, fr: 'description en anglais', en: 'description in English' },
  },
};
/** A type in the matrix: public. */
export const PolicyType: TypePolicy = {
  fr: 'Qui voit quoi : un objet',
  en: 'Who sees what: a type',
  technical: true,
  fields: {
    name: { to: allow, fr: 'nom technique', en: 'technical name' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    fields: { to: allow, fr: 'informations', en: 'fields' },
  },
};
/** A rule of the matrix, and the standpoints that it lets through: public. */
export const PolicyRule: TypePolicy = {
  fr: 'Qui voit quoi : une règle',
  en: 'Who sees what: a rule',
  technical: true,
  fields: {
    coordinate: { to: allow, fr: 'nom technique', en: 'technical name' },
    labelFr: { to: allow, fr: 'intitulé en français', en: 'label in French' },
    labelEn: { to: allow, fr: 'intitulé en anglais', en: 'label in English' },
    ruleFr: { to: allow, fr: 'règle en français', en: 'rule in French' },
    ruleEn: { to: allow, fr: 'règle en anglais', en: 'rule in English' },
    openTo: { to: allow, fr: 'à qui c’est ouvert', en: 'to whom it is open' },
    closedTo: { to: allow, fr: 'à qui c’est fermé', en: 'to whom it is closed' },
  },
};
