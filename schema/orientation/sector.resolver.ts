import { Arg, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { Operation } from '../../src/operation.js';
import { loadDistrict } from '../../src/services/directory.js';
import * as sectors from '../../src/services/sectors.js';
import { Commune, District } from '../directory/directory.type.js';
import { Sector } from './sector.type.js';

@Resolver(() => Sector)
export class SectorResolver {
  @Query(() => [Sector], {
    nullable: true,
    description:
      'The sectors of a commune today, each with the district that it proposes: those that name the street, else those of the whole commune. It proposes: whoever is hosted or domiciled may ask elsewhere.',
  })
  sectorsFor(
    @Ctx() op: Operation,
    @Arg('communeCode', () => String, { description: 'INSEE code.' }) communeCode: string,
    @Arg('street', () => String, { nullable: true, description: 'With or without the number.' })
    street?: string | null,
  ) {
    return sectors.listSectorsFor(op, { communeCode, street: street ?? null });
  }

  @FieldResolver(() => District)
  district(@Ctx() op: Operation, @Root() row: sectors.SectorRow) {
    return loadDistrict(op, row.districtId);
  }

  @FieldResolver(() => Commune)
  commune(@Root() row: sectors.SectorRow) {
    return { inseeCode: row.communeCode, name: row.communeName };
  }
}
