import Store

/// The sites with coordinates as GeoJSON (RFC 7946).
enum SiteMap {
    static func text(in database: Postgres) throws(StoreError) -> [UInt8] {
        let rows = try database.query(
            """
            select json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
                'type', 'Feature', 'id', l.lokasi,
                'geometry', json_build_object('type', 'Point', 'coordinates', json_build_array(l.bujur, l.lintang)),
                'properties', to_jsonb(l) - 'lintang' - 'bujur'
            ) order by l.lokasi), '[]'))
            from kota.lokasi l where l.lintang is not null and l.bujur is not null
            """
        )
        return Array((rows[0, 0] ?? "").utf8)
    }
}
