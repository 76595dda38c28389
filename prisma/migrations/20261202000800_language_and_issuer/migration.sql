-- The language of a person, and what they need to understand and be understood: so that nobody asks again at each visit, and the
-- interpreter is there. Neither is compulsory, and neither is counted.

-- CreateEnum
CREATE TYPE "CommunicationNeed" AS ENUM ('INTERPRETER', 'FRENCH_SIGN_LANGUAGE', 'LIP_READING', 'WRITTEN_ONLY', 'EASY_TO_READ', 'LARGE_PRINT', 'ACCOMPANIED');

-- AlterTable
ALTER TABLE "person" ADD COLUMN     "communication_needs" "CommunicationNeed"[] DEFAULT ARRAY[]::"CommunicationNeed"[],
ADD COLUMN     "language" TEXT;

-- A language is a code of three letters (ISO 639-3). An interpreter is of a language.
alter table person
  add constraint person_language check (language ~ '^[a-z]{3}$'),
  add constraint person_communication check (communication_needs is not null and cardinality(communication_needs) <= 7
    and (language is not null or not 'INTERPRETER' = any (communication_needs)));
grant insert (language, communication_needs) on person to cosmos_app;

-- Interpreters had codes of two letters or three (ISO 639). Now all have three.
alter table appointment_participant drop constraint appointment_participant_language;
update appointment_participant p set language = c.three from (values
  ('aa','aar'), ('ab','abk'), ('af','afr'), ('ak','aka'), ('am','amh'), ('ar','ara'), ('an','arg'), ('as','asm'), ('av','ava'), ('ae','ave'), ('ay','aym'), ('az','aze'),
  ('ba','bak'), ('bm','bam'), ('be','bel'), ('bn','ben'), ('bi','bis'), ('bo','bod'), ('bs','bos'), ('br','bre'), ('bg','bul'), ('ca','cat'), ('cs','ces'), ('ch','cha'),
  ('ce','che'), ('cu','chu'), ('cv','chv'), ('kw','cor'), ('co','cos'), ('cr','cre'), ('cy','cym'), ('da','dan'), ('de','deu'), ('dv','div'), ('dz','dzo'), ('el','ell'),
  ('en','eng'), ('eo','epo'), ('et','est'), ('eu','eus'), ('ee','ewe'), ('fo','fao'), ('fa','fas'), ('fj','fij'), ('fi','fin'), ('fr','fra'), ('fy','fry'), ('ff','ful'),
  ('gd','gla'), ('ga','gle'), ('gl','glg'), ('gv','glv'), ('gn','grn'), ('gu','guj'), ('ht','hat'), ('ha','hau'), ('sh','hbs'), ('he','heb'), ('hz','her'), ('hi','hin'),
  ('ho','hmo'), ('hr','hrv'), ('hu','hun'), ('hy','hye'), ('ig','ibo'), ('io','ido'), ('ii','iii'), ('iu','iku'), ('ie','ile'), ('ia','ina'), ('id','ind'), ('ik','ipk'),
  ('is','isl'), ('it','ita'), ('jv','jav'), ('ja','jpn'), ('kl','kal'), ('kn','kan'), ('ks','kas'), ('ka','kat'), ('kr','kau'), ('kk','kaz'), ('km','khm'), ('ki','kik'),
  ('rw','kin'), ('ky','kir'), ('kv','kom'), ('kg','kon'), ('ko','kor'), ('kj','kua'), ('ku','kur'), ('lo','lao'), ('la','lat'), ('lv','lav'), ('li','lim'), ('ln','lin'),
  ('lt','lit'), ('lb','ltz'), ('lu','lub'), ('lg','lug'), ('mh','mah'), ('ml','mal'), ('mr','mar'), ('mk','mkd'), ('mg','mlg'), ('mt','mlt'), ('mn','mon'), ('mi','mri'),
  ('ms','msa'), ('my','mya'), ('na','nau'), ('nv','nav'), ('nr','nbl'), ('nd','nde'), ('ng','ndo'), ('ne','nep'), ('nl','nld'), ('nn','nno'), ('nb','nob'), ('no','nor'),
  ('ny','nya'), ('oc','oci'), ('oj','oji'), ('or','ori'), ('om','orm'), ('os','oss'), ('pa','pan'), ('pi','pli'), ('pl','pol'), ('pt','por'), ('ps','pus'), ('qu','que'),
  ('rm','roh'), ('ro','ron'), ('rn','run'), ('ru','rus'), ('sg','sag'), ('sa','san'), ('si','sin'), ('sk','slk'), ('sl','slv'), ('se','sme'), ('sm','smo'), ('sn','sna'),
  ('sd','snd'), ('so','som'), ('st','sot'), ('es','spa'), ('sq','sqi'), ('sc','srd'), ('sr','srp'), ('ss','ssw'), ('su','sun'), ('sw','swa'), ('sv','swe'), ('ty','tah'),
  ('ta','tam'), ('tt','tat'), ('te','tel'), ('tg','tgk'), ('tl','tgl'), ('th','tha'), ('ti','tir'), ('to','ton'), ('tn','tsn'), ('ts','tso'), ('tk','tuk'), ('tr','tur'),
  ('tw','twi'), ('ug','uig'), ('uk','ukr'), ('ur','urd'), ('uz','uzb'), ('ve','ven'), ('vi','vie'), ('vo','vol'), ('wa','wln'), ('wo','wol'), ('xh','xho'), ('yi','yid'),
  ('yo','yor'), ('za','zha'), ('zh','zho'), ('zu','zul')) c (two, three)
  where p.language = c.two;
alter table appointment_participant add constraint appointment_participant_language check (language ~ '^[a-z]{3}$');

-- Says in which language a person is spoken to and what they need: a worker who reads the person's contact. Answers whether the row had
-- the version.
create function set_communication(p_person uuid, p_version integer, p_language text, p_needs text[]) returns boolean
  language plpgsql volatile security definer set search_path = public, pg_temp as $$
begin
  if (viewer_worker() is not null and viewer_has_scope('persons:write') and knows_contact(p_person)) is not true then
    raise 'not theirs to say' using errcode = 'insufficient_privilege';
  end if;
  update person set language = p_language, communication_needs = p_needs::"CommunicationNeed"[], version = version + 1
    where id = p_person and version = p_version;
  return found;
end $$;

-- Puts down the interpreters that those who come need: of an appointment that this transaction has made, at which nobody else is put down.
-- Only of persons whose contact the viewer reads. A worker who books someone they have looked up would else read the language there.
create function invite_interpreters(p_appointment uuid) returns void
  language sql volatile security definer set search_path = public, pg_temp
begin atomic
  insert into appointment_participant (appointment_id, kind, language, mode, starts_at, ends_at)
  select distinct a.id, 'INTERPRETER'::"ParticipantKind", n.language, a.mode, a.starts_at, a.ends_at
  from appointment a
  join appointment_person ap on ap.appointment_id = a.id
  join person p on p.id = ap.person_id
  cross join lateral (
    select p.language where 'INTERPRETER' = any (p.communication_needs)
    union select 'fsl' where 'FRENCH_SIGN_LANGUAGE' = any (p.communication_needs)) n
  where a.id = p_appointment and a.booked_at = now()::timestamptz(3) and knows_contact(p.id)
    and not exists (select from appointment_participant x where x.appointment_id = a.id)
  limit 10;
end;
grant insert on appointment_participant to cosmos_keeper;
grant update (language, communication_needs) on person to cosmos_keeper;

do $$
declare f regprocedure;
begin
  foreach f in array array['set_communication(uuid,integer,text,text[])', 'invite_interpreters(uuid)']::regprocedure[] loop
    execute format('revoke all on function %s from public', f);
    execute format('alter function %s owner to cosmos_keeper', f);
  end loop;
end $$;
grant execute on function set_communication(uuid,integer,text,text[]), invite_interpreters(uuid) to cosmos_app;
