-- What people and programs read. Every view runs with the rights of its reader.

-- A number's digits in a body; null for a word or nothing.
create function kota.angka(body json, nama text) returns numeric immutable parallel safe
return case when json_typeof(body -> nama) = 'number' then (body ->> nama)::numeric end;

-- The names of a city's areas by the words of topics: `kecamatan-sukamaju` is Sukamaju.
create function kota.nama_wilayah(scope text) returns text immutable parallel safe
return case when scope in ('kota', 'gateway') then 'Kota'
    else initcap(replace(substring(scope from '^[a-z]+-(.*)$'), '-', ' ')) end;

-- `category: plastik 812.4; kertas 391 | direction: utara 4`
create function kota.rincian(by json) returns text immutable parallel safe
return (
    select string_agg(part.key || ': ' || (
        select string_agg(word.key || ' ' || (word.value #>> '{}'), '; ' order by word.key)
        from json_each(part.value) word
    ), ' | ' order by part.key)
    from json_each(by) part where json_typeof(part.value) = 'object'
);

create view kota.indikator with (security_invoker = true) as
select f.indicator as indikator, coalesce(i.name_id, f.indicator) as nama_id, coalesce(i.name_en, f.indicator) as nama_en,
    f.body ->> 'theme' as tema, f.body ->> 'dimension' as dimensi, f.scope as wilayah,
    coalesce(a.name, kota.nama_wilayah(f.scope)) as nama_wilayah, split_part(f.scope, '-', 1) as jenis_wilayah,
    a.kemendagri_code as kode_kemendagri, a.bps_code as kode_bps, f."window" as jendela, f."from" as mulai,
    f."to" as selesai, f."from" at time zone (f.body ->> 'zone') as mulai_wib, kota.angka(f.body, 'value') as nilai,
    f.body ->> 'unit' as satuan, coalesce(f.body ->> 'quality', 'good') as mutu, f.body ->> 'reason' as alasan,
    kota.angka(f.body, 'completeness') as kelengkapan, kota.angka(f.body, 'gateways')::bigint as gerbang,
    f.body -> 'silent' as gerbang_diam, kota.angka(f.body -> 'target', 'value') as target,
    kota.angka(f.body -> 'target', 'year')::integer as tahun_target, f.body #>> '{target,standing}' as status_target,
    not f.final as sementara, f.revision as revisi
from figure f left join indicator i on i.indicator = f.indicator left join area a on a.scope = f.scope
where not exists (
    select from figure l where (l.indicator, l.scope, l."window", l."from") = (f.indicator, f.scope, f."window", f."from")
        and l.revision > f.revision
);

-- The columns of `gateway indicators export`: the evidence of a box and that of the city have one form.
create view kota.bukti_evaluasi with (security_invoker = true) as
select f.indicator, coalesce(i.name_id, f.indicator) as name_id, coalesce(i.name_en, f.indicator) as name_en,
    f.body ->> 'theme' as theme, f.body ->> 'dimension' as dimension, f.scope, 'no' as partial, f."window", f."from",
    f."to", f."from" at time zone (f.body ->> 'zone') as from_local, kota.angka(f.body, 'value') as value,
    f.body ->> 'unit' as unit, coalesce(f.body ->> 'quality', 'good') as quality, f.body ->> 'reason' as reason,
    kota.angka(f.body, 'completeness') as completeness, kota.angka(f.body, 'expected')::bigint as expected,
    kota.angka(f.body, 'received')::bigint as received, kota.angka(f.body, 'counted')::bigint as counted,
    kota.angka(f.body, 'excluded')::bigint as excluded,
    coalesce(kota.angka(f.body, 'unverified'), 0)::bigint as unverified, kota.rincian(f.body -> 'by') as by,
    kota.angka(f.body -> 'baseline', 'year')::integer as baseline_year,
    kota.angka(f.body -> 'baseline', 'value') as baseline,
    kota.angka(f.body -> 'target', 'year')::integer as target_year, kota.angka(f.body -> 'target', 'value') as target,
    f.body #>> '{target,standing}' as standing, f.body ->> 'method' as method, coalesce(i.source, '') as method_source,
    case when f.final then 'no' else 'yes' end as provisional, f.revision
from figure f left join indicator i on i.indicator = f.indicator
where f."window" in ('day', 'month', 'year') and not exists (
    select from figure l where (l.indicator, l.scope, l."window", l."from") = (f.indicator, f.scope, f."window", f."from")
        and l.revision > f.revision
);

-- The parts of a window that a new journal began from nothing add up; what does not add is that of the last.
create view kota.lalu_lintas_15menit with (security_invoker = true) as
select g.name as gerbang, substring(p.scope from 6) as lokasi, s.name as nama_lokasi, s.kecamatan, s.kelurahan,
    s.latitude as lintang, s.longitude as bujur, p."from" as mulai,
    p."from" at time zone (max(p.body ->> 'zone')) as mulai_wib,
    sum(kota.angka(p.body, 'value')) filter (where p.indicator = 'traffic-volume') as kendaraan,
    (array_agg(kota.angka(p.body, 'value') order by p.at desc) filter (where p.indicator = 'traffic-flow-pcu'))[1]
        as smp_per_jam,
    (array_agg(kota.angka(p.body, 'value') order by p.at desc) filter (where p.indicator = 'traffic-saturation'))[1]
        as derajat_kejenuhan,
    (array_agg(p.body ->> 'value' order by p.at desc) filter (where p.indicator = 'traffic-level-of-service'))[1]
        as tingkat_pelayanan,
    min(kota.angka(p.body, 'completeness')) as kelengkapan, not bool_and(p.final) as sementara
from part p join gateway g on g.id = p.gateway
left join lateral (
    select d.meta #>> '{site,name}' as name, d.meta #>> '{site,kecamatan}' as kecamatan,
        d.meta #>> '{site,kelurahan}' as kelurahan, kota.angka(d.meta -> 'site', 'latitude') as latitude,
        kota.angka(d.meta -> 'site', 'longitude') as longitude
    from device d where d.gateway = p.gateway and d.site = substring(p.scope from 6) and d.meta is not null limit 1
) s on true
where p."window" = '15min' and p.scope like 'site-%'
    and p.indicator in ('traffic-volume', 'traffic-flow-pcu', 'traffic-saturation', 'traffic-level-of-service')
group by g.name, p.scope, s.name, s.kecamatan, s.kelurahan, s.latitude, s.longitude, p."from";

create view kota.perangkat with (security_invoker = true) as
select g.name as gerbang, d.site as lokasi, coalesce(d.meta #>> '{site,name}', d.site) as nama_lokasi,
    d.name as perangkat, d.meta ->> 'name' as nama, d.meta ->> 'profile' as profil, d.meta ->> 'measures' as mengukur,
    d.meta ->> 'owner' as pemilik, d.meta #>> '{verified,by}' as diverifikasi_oleh,
    (d.meta #>> '{verified,on}')::date as diverifikasi_pada, d.meta ->> 'serial' as nomor_seri,
    d.meta #>> '{site,kecamatan}' as kecamatan, d.meta #>> '{site,kelurahan}' as kelurahan,
    kota.angka(d.meta -> 'site', 'latitude') as lintang, kota.angka(d.meta -> 'site', 'longitude') as bujur,
    kota.angka(d.meta, 'interval_ms')::bigint as selang_ms, d.meta is not null as terpasang,
    d.first_seen as pertama_terlihat
from device d join gateway g on g.id = d.gateway;

create view kota.lokasi with (security_invoker = true) as
select d.site as lokasi, max(coalesce(d.meta #>> '{site,name}', d.site)) as nama,
    max(d.meta #>> '{site,kecamatan}') as kecamatan, max(d.meta #>> '{site,kelurahan}') as kelurahan,
    max(kota.angka(d.meta -> 'site', 'latitude')) as lintang, max(kota.angka(d.meta -> 'site', 'longitude')) as bujur,
    array_agg(distinct g.name order by g.name) as gerbang, count(*) as perangkat,
    array_remove(array_agg(distinct d.meta ->> 'measures'), null) as mengukur,
    array_remove(array_agg(distinct d.meta ->> 'owner'), null) as pemilik
from device d join gateway g on g.id = d.gateway where d.meta is not null group by d.site;

-- One row a point. The two columns that a counter has more stand in its row.
create view kota.bacaan with (security_invoker = true) as
select g.name as gerbang, d.site as lokasi, d.name as perangkat, d.meta ->> 'owner' as pemilik, r.time as waktu,
    p.titik, r.v[p.place] as nilai, nullif(p.unit, '') as satuan, coalesce(q.quality, 'good') as mutu,
    nullif(q.word, '') as alasan,
    case when p.counts then r.v[p.place + 1] end as kenaikan,
    case when p.counts then to_timestamp(r.v[p.place + 2] / 1000) end as sejak,
    r.x #>> array['points', p.titik, 'value'] as nilai_persis, e.name as epoch, r.seq
from reading r join device d on d.id = r.device join gateway g on g.id = d.gateway join epoch e on e.id = r.epoch
join form f on f.id = r.form
cross join lateral (
    select u.unit, u.n::integer as place, regexp_replace(u.name, ':bool$', '') as titik,
        f.points[u.n + 1] is not distinct from u.name || ':increase' as counts
    from unnest(f.points, f.units) with ordinality as u (name, unit, n)
    where u.name not like '%:increase' and u.name not like '%:since'
) p
left join reason q on q.id = r.q[p.place];

create view kota.kejadian with (security_invoker = true) as
select g.name as gerbang, d.site as lokasi, d.name as perangkat, v.time as waktu, v.event as kejadian,
    v.severity as tingkat, v.body -> 'data' as data, e.name as epoch, v.seq
from event v join epoch e on e.id = v.epoch join gateway g on g.id = e.gateway left join device d on d.id = v.device;

create view kota.gerbang with (security_invoker = true) as
select g.name as gerbang, s.state as keadaan, s.at as terdengar, s.body ->> 'version' as versi,
    s.body ->> 'configuration' as konfigurasi, s.body ->> 'clock' as jam,
    kota.angka(s.body -> 'devices', 'total')::bigint as perangkat,
    kota.angka(s.body -> 'devices', 'answering')::bigint as menjawab,
    kota.angka(s.body -> 'devices', 'verified')::bigint as terverifikasi, s.pending as antre,
    s.oldest_pending as antre_tertua, kota.angka(s.body -> 'storage', 'bytes')::bigint as jurnal_byte,
    kota.angka(s.body -> 'storage', 'limit')::bigint as jurnal_batas,
    kota.angka(s.body -> 'storage', 'free')::bigint as disk_bebas,
    kota.angka(s.body -> 'box', 'temperature') as suhu, e.name as epoch, s.last_seq as seq_terakhir,
    v.event as kejadian_terakhir, v.severity as tingkat_kejadian, v.time as waktu_kejadian,
    g.first_seen as pertama_terlihat
from gateway g left join state s on s.gateway = g.id left join epoch e on e.id = s.epoch
left join (
    select distinct on (x.gateway) x.gateway, v.event, v.severity, v.time
    from event v join epoch x on x.id = v.epoch where v.device is null and v.time > now() - interval '7 days'
    order by x.gateway, v.time desc, v.seq desc
) v on v.gateway = g.id;

create view kota.kelengkapan_harian with (security_invoker = true) as
select g.name as gerbang, y.day as tanggal, y.verdict as putusan, y.missing as hilang, y.why as sebab,
    y.made_at as dibuat
from day y join gateway g on g.id = y.gateway;
