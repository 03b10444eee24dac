-- Who may read what. A role of PostgreSQL is an OPD's or SIE's by this table, never by a setting: everybody may SET one.

create schema kota;

-- A role that reads the city, and whose devices it sees. An owner of null sees all.
create table opd_role (
    role text primary key,
    owner text
);

-- What people call an indicator, and what Satu Data asks of it (Perpres 39/2019).
create table indicator (
    indicator text primary key,
    name_id text not null,
    name_en text not null,
    concept text not null default '',
    definition text not null default '',
    classification text not null default '',
    measure text not null default '',
    source text not null default ''
);

-- Reference codes of areas: a row for each kelurahan and kecamatan, by the word in the scopes of figures.
create table area (
    scope text primary key,
    name text not null,
    kind text not null,
    kemendagri_code text,
    bps_code text,
    parent text references area
);

-- The bodies are bound to their tables now. A text that is read at each call would find a temporary table of the
-- caller's in their place.
create function kota.melihat_semua() returns boolean stable
begin atomic
    select exists (
        select from opd_role o join pg_catalog.pg_roles r on r.rolname = o.role
        where o.owner is null and pg_catalog.pg_has_role(current_user, r.oid, 'usage')
    );
end;

create function kota.pemilik_terlihat() returns text[] stable
begin atomic
    select coalesce(array_agg(o.owner), '{}') from opd_role o join pg_catalog.pg_roles r on r.rolname = o.role
    where o.owner is not null and pg_catalog.pg_has_role(current_user, r.oid, 'usage');
end;

-- Each policy asks the policy of the table that it names, down to the owner of a device.
alter table device enable row level security;
create policy owner on device for select using (
    (select kota.melihat_semua()) or meta ->> 'owner' = any ((select kota.pemilik_terlihat())::text[])
);
alter table form enable row level security;
create policy owner on form for select using (device in (select id from device));
alter table gateway enable row level security;
create policy owner on gateway for select using (
    (select kota.melihat_semua()) or id in (select gateway from device)
);
alter table epoch enable row level security;
create policy owner on epoch for select using (gateway in (select id from gateway));
alter table ledger enable row level security;
create policy owner on ledger for select using (epoch in (select id from epoch));
alter table gap enable row level security;
create policy owner on gap for select using (epoch in (select id from epoch));
alter table mark enable row level security;
create policy owner on mark for select using (epoch in (select id from epoch));
alter table state enable row level security;
create policy owner on state for select using (gateway in (select id from gateway));
alter table day enable row level security;
create policy owner on day for select using (gateway in (select id from gateway));
alter table reading enable row level security;
create policy owner on reading for select using (
    (select kota.melihat_semua()) or device in (select id from device)
);
-- An event of a gateway itself is read by all who have a device there.
alter table event enable row level security;
create policy owner on event for select using (
    (select kota.melihat_semua()) or device in (select id from device)
    or (device is null and epoch in (select id from epoch))
);
alter table unsynchronised enable row level security;
create policy owner on unsynchronised for select using (
    (select kota.melihat_semua()) or device in (select id from device)
    or (device is null and epoch in (select id from epoch))
);
-- A figure of a device or a site is its owner's; those of areas name nobody.
alter table part enable row level security;
create policy owner on part for select using (
    (select kota.melihat_semua()) or exists (
        select from device d where d.gateway = part.gateway and case
            when part.scope like 'device-%' then part.scope = 'device-' || d.name
            when part.scope like 'site-%' then part.scope = 'site-' || d.site
            else true
        end
    )
);

-- Tables that show how the collector works, and messages that may be anybody's.
alter table set_aside enable row level security;
create policy owner on set_aside for select using ((select kota.melihat_semua()));
alter table request enable row level security;
create policy owner on request for select using ((select kota.melihat_semua()));
alter table collector enable row level security;
create policy owner on collector for select using ((select kota.melihat_semua()));

-- Gives a role the rights that it has by opd_role. Migrations that add a table or a view call it again.
create procedure kota.perbarui_akses() language plpgsql set search_path from current as $$
declare
    known text;
    target text;
begin
    for known in select o.role from opd_role o join pg_roles r on r.rolname = o.role loop
        execute format('grant usage on schema kota to %I', known);
        execute format('grant execute on all functions in schema kota to %I', known);
        for target in
            select format('%I.%I', n.nspname, c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
            where not c.relispartition and (
                (n.nspname = 'kota' and c.relkind = 'v')
                or c.oid in (select unnest(array[
                    'opd_role', 'indicator', 'area', 'gateway', 'epoch', 'ledger', 'gap', 'mark', 'device', 'form',
                    'reason', 'reading', 'event', 'unsynchronised', 'state', 'day', 'dropped', 'part', 'figure',
                    'set_aside', 'request', 'collector']::regclass[]))
            )
        loop
            execute format('grant select on %s to %I', target, known);
        end loop;
    end loop;
end $$;

-- Lets a role of the cluster read what belongs to an owner; null: everything.
create procedure kota.beri_akses(peran text, pemilik text) language plpgsql set search_path from current as $$
begin
    if not exists (select from pg_roles where rolname = peran) then
        raise exception 'there is no role %: create role % login', quote_ident(peran), quote_ident(peran);
    end if;
    insert into opd_role (role, owner) values (peran, pemilik) on conflict (role) do update set owner = excluded.owner;
    call kota.perbarui_akses();
end $$;

-- Takes it back.
create procedure kota.cabut_akses(peran text) language plpgsql set search_path from current as $$
begin
    delete from opd_role where role = peran;
    if exists (select from pg_roles where rolname = peran) then
        execute format('revoke select on all tables in schema kota, %I from %I', current_schema(), peran);
        execute format('revoke usage on schema kota from %I', peran);
    end if;
end $$;

revoke execute on all functions in schema kota from public;
revoke execute on all procedures in schema kota from public;
