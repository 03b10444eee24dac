public import Indicators
public import Store

/// Gives the tables the names and sources of a city's own catalogue: pages and exports call its indicators by them.
public enum IndicatorNames {
    /// Rows of other indicators stay, and so do the words that a catalogue does not have.
    public static func write(_ catalogue: IndicatorCatalogue, to database: Postgres) throws(StoreError) {
        for indicator in catalogue.indicators {
            try database.query(
                """
                insert into indicator as known (indicator, name_id, name_en, source) values ($1, $2, $3, $4)
                on conflict (indicator) do update
                set name_id = excluded.name_id, name_en = excluded.name_en, source = excluded.source
                where (known.name_id, known.name_en, known.source)
                    is distinct from (excluded.name_id, excluded.name_en, excluded.source)
                """,
                [indicator.id, indicator.name.id, indicator.name.en, indicator.method.source]
            )
        }
    }
}
