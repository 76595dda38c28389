import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory/directory.js';
import * as sectors from '../../src/services/orientation/sectors.js';
import { Commune, District } from '../directory/directory.type.js';
import { Sector } from './sector.type.js';

@Resolver(() => Sector)
export class SectorResolver {
  @Query(() => [Sector], {
    nullable: true,
    description:
      'The sectors of a commune today, each with the district that it proposes: those that name the street, else those of the whole commune. Nobody is bound by it: a person who is hosted or domiciled may ask elsewhere.',
  })
  sectorsFor(
    @Ctx() op: Operation,
    @Arg('communeCode', () => String, { description: 'The INSEE code of the commune.' }) communeCode: string,
    @Arg('street', () => String, {
      nullable: true,
      description: 'The street, with or without the house number.',
    })
    street?: string | null,
  ) {
    return sectors.listSectorsFor(op, { communeCode, street: street ?? null });
  }

  @FieldResolver(() => District, { description: 'The district that it proposes.' })
  district(@Ctx() op: Operation, @Root() row: sectors.SectorRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Commune, { description: 'The commune that it lies in.' })
  commune(@Root() row: sectors.SectorRow) {
    return { inseeCode: row.communeCode, name: row.communeName };
  }
}
