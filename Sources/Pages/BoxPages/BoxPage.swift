import Control
import Domain
package import PageParts
import Speech

/// What all pages of a box have in common: their links and the line under the heading.
package enum BoxPage {
    static func links(_ telling: Telling) -> [Layout.Link] {
        [
            .init("/", telling.text(PagePhrase.technician)), .init("/operator", telling.text(PagePhrase.operatorPage)),
            .init("/kota", telling.text(PagePhrase.glance)), .init("/map", telling.text(PagePhrase.map)),
        ]
    }

    package static func layout(_ telling: Telling) -> Layout { Layout(telling, links: links(telling)) }

    /// `08.14 WIB · jam OK`.
    static func subtitle(_ view: BoxView, _ telling: Telling) -> HTML {
        let clock: PagePhrase = view.status.clock == .synchronised ? .clockGood : .clockUnset
        return "<span id=\"now\">\(telling.clock(view.now)) · \(telling.text(clock))</span>"
    }

    /// A page of one sentence, such as that the gateway does not answer.
    package static func notice(_ title: String, _ words: String, path: String, telling: Telling) -> HTML {
        layout(telling).html(
            Layout.Page(
                title: title,
                body: "<p class=\"notice bad\" role=\"alert\">\(words)</p>",
                path: path,
                refreshes: true
            )
        )
    }
}
