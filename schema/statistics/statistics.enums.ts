import { describeEnum } from '../describe-enum.js';

export const StatisticsWithheld = describeEnum(
  { TOO_FEW: 'TOO_FEW', COUNTY_ALONE: 'COUNTY_ALONE', NOT_FROZEN: 'NOT_FROZEN' },
  {
    name: 'StatisticsWithheld',
    description: 'Why a figure is not told.',
    values: {
      TOO_FEW:
        'A count below 6 with its noise, zero included, or a rate with a base below 30. An answer that said which of them would tell too much.',
      COUNTY_ALONE: 'A need of health or violence, or an indicator, that is told of the county alone.',
      NOT_FROZEN: 'It was not counted then, or its period is not frozen.',
    },
  },
);

export const ProgrammePeriod = describeEnum(
  { YEAR: 'YEAR', MONTH: 'MONTH', QUARTER_END: 'QUARTER_END' },
  {
    name: 'ProgrammePeriod',
    description: 'For which periods a table is released.',
    values: {
      YEAR: 'A table for each calendar year.',
      MONTH: 'A table for each calendar month.',
      QUARTER_END: 'A table for March, June, September and December alone.',
    },
  },
);
