/// Rows of a small city, for tests that read its database: twelve gateways, of which some need somebody.
public enum CityRows {
    /// Owners of devices by turns: `DLHKP` has the even ones, `Dishub` the odd ones.
    public static let gateways = """
        insert into gateway (name) select 'kdr-box-' || lpad(n::text, 2, '0') from generate_series(1, 12) n;
        insert into epoch (gateway, name) select id, '1-' || id from gateway;
        insert into ledger (epoch, have) select id, '{[1,91)}' from epoch;
        insert into device (gateway, site, name, meta)
        select id, 'site-' || id, 'flow-' || id, jsonb_build_object(
            'owner', case when id % 2 = 0 then 'DLHKP' else 'Dishub' end, 'measures', 'water', 'name', 'Meter',
            'interval_ms', 60000, 'verified', jsonb_build_object('by', 'Diskominfo', 'on', '2026-10-03'),
            'points', jsonb_build_object('flow', jsonb_build_object('unit', 'L/s', 'label',
                jsonb_build_object('id', 'Debit', 'en', 'Discharge'))),
            'site', jsonb_build_object('id', 'site-' || id, 'name', 'Sumber <' || id || '>',
                'kecamatan', 'Pesantren', 'latitude', -7.8, 'longitude', 112.0)) from gateway;
        insert into form (device, points, units)
        select id, '{flow,volume,volume:increase,volume:since,ok:bool}', '{L/s,m3,m3,ms,""}' from device;
        insert into reason (quality, word) values ('bad', 'range');
        insert into state
        select id, now() + case when id = 3 then interval '-2 hours' else interval '1 hour' end,
            case when id = 4 then 'offline' else 'online' end, id, case when id in (3, 5) then 1204 else 0 end,
            case when id in (3, 5) then now() - interval '3 hours' end, 90,
            jsonb_build_object('version', '0.1.0', 'configuration', '1a68579fe5ac6e8c', 'clock',
                case when id = 6 then 'unsynchronised' else 'synchronised' end, 'devices', jsonb_build_object(
                    'total', 4, 'answering', case when id = 7 then 3 else 4 end, 'verified', 2),
                'storage', jsonb_build_object('bytes', 163840, 'limit', 64000000, 'free',
                    case when id = 8 then 100000000 else 12345678901 end))
        from gateway where id <> 9;
        insert into event
        select 91, now() - interval '5 min', id, null, case when id = 2 then 'storage' else 'start' end,
            case when id = 2 then 'alarm' else 'info' end, null, '{"data":{}}' from gateway;
        insert into day
        select id, '2026-11-28', case when id = 1 then 'incomplete' else 'complete' end,
            case when id = 1 then 17 else 0 end, '{}' from gateway;
        """

    /// Ninety readings of each device on 28 November 2026 (WIB), a minute each; one has a text that looks like a
    /// formula.
    public static let readings = """
        insert into reading
        select s, timestamptz '2026-11-28 08:00+07' + s * interval '1 min', d.id, d.id, d.id,
            array[1.5 + s, 100 + s, 1, 1795000000000, 1]::float8[], case when s % 7 = 0 then '{0,1}'::smallint[] end,
            case when s = 3 then '{"points":{"flow":{"value":"=1+1, \\"x\\""}}}'::jsonb end
        from device d, generate_series(1, 90) s;
        """

    /// Figures of three indicators in three areas for twenty days and the open one; one was revised.
    public static let figures = """
        insert into figure (indicator, scope, "window", "from", revision, "to", final, at, body)
        select i, sc, 'day', date_trunc('day', now()) - n * interval '1 day', 1,
            date_trunc('day', now()) - (n - 1) * interval '1 day', n > 0, now(), jsonb_build_object(
                'city', 'kediri', 'theme', split_part(i, '-', 1), 'dimension', 'living', 'indicator', i, 'scope', sc,
                'window', 'day', 'zone', 'Asia/Jakarta', 'value', 1000 + n * 7, 'unit', 'kg', 'completeness', 0.97,
                'expected', 100, 'received', 97, 'counted', 97, 'excluded', 0, 'method', 'sum-of-weighings',
                'by', jsonb_build_object('category', jsonb_build_object('plastik', 5, 'kertas', 7.5)),
                'target', jsonb_build_object('year', 2026, 'value', 900, 'sense', 'at_least', 'standing', 'met'),
                'gateways', 12, 'silent', jsonb_build_array('kdr-box-03'))
        from unnest(array['traffic-volume', 'waste-collected', 'water-volume']) i,
            unnest(array['kota', 'kecamatan-pesantren', 'kelurahan-bawang']) sc, generate_series(0, 20) n;
        insert into figure (indicator, scope, "window", "from", revision, "to", final, at, body)
        select indicator, scope, "window", "from", 2, "to", final, at, body::jsonb || '{"value": 4242}' from figure
        where indicator = 'traffic-volume' and scope = 'kota' and "from" = date_trunc('day', now()) - interval '1 day';
        """
}
