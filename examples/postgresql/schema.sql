-- Readings and events of all gateways, each once, and which numbers are missing: psql -d kediri -f schema.sql
-- It may be run again: it changes nothing that is there.
CREATE TABLE IF NOT EXISTS entries (
    gateway text NOT NULL, epoch text NOT NULL, seq bigint NOT NULL, time timestamptz NOT NULL, body jsonb NOT NULL,
    site text GENERATED ALWAYS AS (body ->> 'site') STORED,
    device text GENERATED ALWAYS AS (body ->> 'device') STORED,
    event text GENERATED ALWAYS AS (body ->> 'event') STORED,
    arrived bigint GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (gateway, epoch, seq));
CREATE INDEX IF NOT EXISTS entries_device ON entries (device, time);
CREATE INDEX IF NOT EXISTS entries_event ON entries (event, gateway) WHERE event IS NOT NULL;
CREATE TABLE IF NOT EXISTS statuses (gateway text PRIMARY KEY, body jsonb NOT NULL);

-- An unsynchronised entry has its right time when the clock event of the same boot is here.
CREATE OR REPLACE VIEW points AS
SELECT gateway, epoch, seq, site, device, coalesce((
        SELECT to_timestamp(((c.body #>> '{data,boot_time_ms}')::bigint + (e.body ->> 'uptime_ms')::bigint) / 1000.0)
        FROM entries c WHERE c.event = 'clock' AND c.gateway = e.gateway
            AND c.body #>> '{data,boot}' = e.body ->> 'boot' AND c.body #>> '{data,clock}' = 'synchronised'
        ORDER BY c.arrived DESC LIMIT 1), time) AS time,
    p.key AS point, p.value ->> 'value' AS value, p.value ->> 'unit' AS unit,
    coalesce(p.value ->> 'quality', 'good') AS quality, p.value ->> 'reason' AS reason,
    (p.value ->> 'increase')::numeric AS increase, (p.value ->> 'since')::timestamptz AS since
FROM entries e, jsonb_each(e.body -> 'points') p;

-- A row for each epoch: what is missing between the number where the archive began (1, for every later epoch) and the
-- end. `reported` of it is lost: events gap say so. `behind` is what the gateway owes no more: ask for it again. The
-- rest is on its way, or no status says more yet. The gateways' destination is called city here, as in the
-- documentation.
CREATE OR REPLACE VIEW gaps AS
WITH epochs AS (
    SELECT gateway, epoch, split_part(epoch, '-', 1)::bigint AS counter, min(seq) AS low, max(seq) AS high,
        range_agg(int8range(seq, seq, '[]')) AS have, min(arrived) AS arrived
    FROM entries GROUP BY gateway, epoch
), ordered AS (
    SELECT *, first_value(counter) OVER (PARTITION BY gateway ORDER BY arrived) AS began FROM epochs
), ends AS (
    SELECT gateway, body #>> '{data,previous,epoch}' AS epoch,
        max((body #>> '{data,previous,committed_through}')::bigint) AS last
    FROM entries WHERE event = 'start' AND body #> '{data,previous}' IS NOT NULL GROUP BY 1, 2
), lost AS (
    SELECT gateway, g ->> 'epoch' AS epoch,
        range_agg(int8range((g ->> 'first')::bigint, (g ->> 'last')::bigint, '[]')) AS numbers
    FROM entries, jsonb_array_elements(coalesce(body #> '{data,ranges}', jsonb_build_array(body -> 'data'))) g
    WHERE event = 'gap' AND (body #> '{data,destinations}' ? 'city' OR body #>> '{data,destination}' = 'city')
    GROUP BY 1, 2
), states AS (
    SELECT gateway, body ->> 'epoch' AS epoch, (body ->> 'last_seq')::bigint AS last,
        body #> '{destinations,city}' AS state, split_part(body ->> 'epoch', '-', 1)::bigint AS counter
    FROM statuses
), judged AS (
    SELECT e.gateway, e.epoch, e.arrived, e.have, l.numbers AS lost,
        CASE WHEN e.counter > e.began THEN 1 ELSE e.low END AS first,
        coalesce(n.last, greatest(e.high, CASE WHEN s.epoch = e.epoch THEN s.last END)) AS last,
        -- How far the newest status says what is owed. A later epoch than its own has none yet.
        CASE WHEN s.epoch = e.epoch THEN s.last
            WHEN s.gateway IS NULL OR s.state ? 'owed_older' AND NOT s.state -> 'owed' ? e.epoch
                OR e.counter > s.counter AND e.arrived > coalesce(r.arrived, 0) THEN 0
            ELSE 1::bigint << 61 END AS settled,
        (SELECT range_agg(int8range((o ->> 0)::bigint, (o ->> 1)::bigint, '[]'))
         FROM jsonb_array_elements(s.state -> 'owed' -> e.epoch) o) AS owed
    FROM ordered e
    LEFT JOIN ends n USING (gateway, epoch)
    LEFT JOIN lost l USING (gateway, epoch)
    LEFT JOIN states s ON s.gateway = e.gateway
    LEFT JOIN epochs r ON r.gateway = s.gateway AND r.epoch = s.epoch
), absent AS (
    SELECT *, CASE WHEN first <= last THEN int8multirange(int8range(first, last, '[]')) - have
        ELSE '{}' END AS missing FROM judged
)
SELECT gateway, epoch, first, last, missing, missing * coalesce(lost, '{}') AS reported,
    (missing - coalesce(lost, '{}') - coalesce(owed, '{}'))
        * CASE WHEN settled > 0 THEN int8multirange(int8range(1, settled, '[]')) ELSE '{}' END AS behind
FROM absent ORDER BY gateway, arrived;
