import PageParts
import Speech

/// What the pages of a city have in common.
enum CityPage {
    static func layout(_ telling: Telling) -> Layout {
        Layout(
            telling,
            links: [
                .init("/", telling.text(CityHTTPPhrase.city)), .init("/armada", telling.text(CityHTTPPhrase.fleet)),
                .init("/openapi.json", telling.text(CityHTTPPhrase.data)),
            ]
        )
    }
}
