-- The tables of the city's side. Every statement runs in one transaction with the migration's number.

create table gateway (
    id integer generated always as identity primary key,
    name text not null unique,
    first_seen timestamptz not null default now()
);

create table epoch (
    id integer generated always as identity primary key,
    gateway integer not null references gateway,
    name text not null,
    first_seen timestamptz not null default now(),
    unique (gateway, name)
);

-- One row for each epoch. It is written with each batch that has entries of the epoch, so its pages keep room for the
-- next version of a row, and nothing in it has an index.
create table ledger (
    epoch integer primary key references epoch,
    have int8multirange not null default '{}',
    told int8multirange not null default '{}',
    told_count bigint not null default 0,
    closed_at bigint,
    clean boolean,
    successor integer references epoch,
    started_at timestamptz,
    is_first boolean
) with (fillfactor = 70);

create table gap (
    epoch integer not null references epoch,
    first bigint not null,
    last bigint not null,
    count bigint not null,
    reason text not null,
    told_at timestamptz not null,
    primary key (epoch, first, last, count)
);

create table device (
    id integer generated always as identity primary key,
    gateway integer not null references gateway,
    site text not null,
    name text not null,
    first_seen timestamptz not null default now(),
    -- What the meta message says, byte for byte; null while none has come, and after it was emptied.
    meta json,
    meta_at timestamptz,
    unique (gateway, site, name)
);

create table form (
    id integer generated always as identity primary key,
    device integer not null references device,
    points text[] not null,
    units text[] not null,
    unique (device, points, units)
);

create table reason (
    id smallint generated always as identity primary key,
    quality text not null,
    word text not null,
    unique (quality, word)
);

create table reading (
    seq bigint not null,
    time timestamptz not null,
    epoch integer not null,
    device integer not null,
    form integer not null,
    v float8[] not null,
    q smallint[],
    x jsonb
) partition by range (time);
create index reading_place on reading (device, time);
-- Rows of an hour lie together: a few kilobytes find them.
create index reading_time on reading using brin (time);
create table reading_default partition of reading default;

create table event (
    seq bigint not null,
    time timestamptz not null,
    epoch integer not null,
    device integer,
    event text not null,
    severity text not null,
    event_id text,
    body jsonb not null
) partition by range (time);
create index event_place on event (device, time);
create index event_name on event (event, time);
create index event_time on event using brin (time);
create table event_default partition of event default;

-- Entries whose box did not know the time. The event "clock" of the same boot moves them to their day.
create table unsynchronised (
    epoch integer not null references epoch,
    seq bigint not null,
    boot text not null,
    uptime_ms bigint not null,
    time timestamptz not null,
    device integer,
    form integer,
    v float8[],
    q smallint[],
    x jsonb,
    event text,
    severity text,
    event_id text,
    body jsonb
);
create index unsynchronised_boot on unsynchronised (boot);

-- When a boot began, once its clock was set.
create table boot (
    gateway integer not null references gateway,
    boot text not null,
    began_ms bigint not null,
    primary key (gateway, boot)
);

-- The lowest and the highest number that an epoch has in an hour.
create table mark (
    epoch integer not null references epoch,
    hour timestamptz not null,
    lo bigint not null,
    hi bigint not null,
    primary key (epoch, hour)
);

-- The hours whose marks are made.
create table marked (hour timestamptz primary key);

create table state (
    gateway integer primary key references gateway,
    at timestamptz not null,
    state text not null,
    epoch integer references epoch,
    pending bigint,
    oldest_pending timestamptz,
    last_seq bigint,
    body json not null
) with (fillfactor = 70);

create table part (
    gateway integer not null references gateway,
    indicator text not null,
    scope text not null,
    "window" text not null,
    "from" timestamptz not null,
    -- The number of the gateway's journal that it was made with: what each has counted stands beside the others.
    lineage integer not null,
    "to" timestamptz not null,
    revision bigint not null,
    final boolean not null,
    at timestamptz not null,
    body json not null,
    primary key (gateway, indicator, scope, "window", "from", lineage)
);
create index part_window on part ("window", "from");
create index part_at on part (at);

create table figure (
    indicator text not null,
    scope text not null,
    "window" text not null,
    "from" timestamptz not null,
    revision bigint not null,
    "to" timestamptz not null,
    final boolean not null,
    at timestamptz not null,
    published boolean not null default false,
    body json not null,
    primary key (indicator, scope, "window", "from", revision)
);
create index figure_window on figure ("window", "from");
create index figure_waiting on figure (at) where not published;

create table day (
    gateway integer not null references gateway,
    day date not null,
    verdict text not null,
    missing bigint not null,
    why jsonb not null,
    made_at timestamptz not null default now(),
    primary key (gateway, day)
);

-- Days whose verdict must be made anew, since something of them came.
create table touched (
    gateway integer not null references gateway,
    day date not null,
    primary key (gateway, day)
);

-- Days whose raw rows were dropped.
create table dropped (
    day date primary key,
    at timestamptz not null default now()
);

create table set_aside (
    id bigint generated always as identity primary key,
    at timestamptz not null default now(),
    topic text not null,
    reason text not null,
    bytes bigint not null,
    payload bytea not null
);

-- What gateways are asked to send again: the collector publishes it.
create table request (
    id bigint generated always as identity primary key,
    epoch integer not null references epoch,
    ranges int8multirange not null,
    asked_at timestamptz not null default now(),
    sent_at timestamptz,
    -- The reason code of the PUBACK.
    answer integer
);
create index request_waiting on request (id) where sent_at is null;

-- What the collector knows of itself, by name.
create table collector (
    name text primary key,
    value jsonb not null,
    at timestamptz not null default now()
);
