import { describeEnum } from '../describe-enum.js';

export const StatisticsWithheld = describeEnum(
  { TOO_FEW: 'TOO_FEW', COUNTY_ALONE: 'COUNTY_ALONE', NOT_FROZEN: 'NOT_FROZEN' },
  {
    name: 'StatisticsWithheld',
    description: 'Why a figure is not told.',
    values: {
      TOO_FEW:
        'A count of health or violence that is below 11 with its noise, or a rate whose interval would be wider than 10 points on either side. In figures of method 3: a count below 6 with its noise, zero included (a true 10 in 12 cases of 100), or a rate with a base below 30.',
      COUNTY_ALONE: 'A need of health or violence, or an indicator, that is told of the county alone.',
      NOT_FROZEN: 'It was not counted then, or its period is not frozen.',
    },
  },
);

export const ProgrammePeriod = describeEnum(
  {
    YEAR: 'YEAR',
    QUARTER: 'QUARTER',
    MONTH: 'MONTH',
    MONTH_UNTIL_NOVEMBER: 'MONTH_UNTIL_NOVEMBER',
    QUARTER_END: 'QUARTER_END',
  },
  {
    name: 'ProgrammePeriod',
    description: 'For which periods a table is released.',
    values: {
      YEAR: 'A table for each calendar year.',
      QUARTER: 'A table for each quarter of a calendar year, of the county alone.',
      MONTH: 'A table for each calendar month.',
      MONTH_UNTIL_NOVEMBER:
        'A table for each calendar month but December: what stands at the end of December is the figure of the year.',
      QUARTER_END: 'A table for March, June and September alone: December is that of the year.',
    },
  },
);
