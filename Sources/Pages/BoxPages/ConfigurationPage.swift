import Control
package import PageParts
import Speech

/// The configuration as the gateway read it, and what stands in the files now.
package struct ConfigurationPage: Sendable {
    private let view: BoxView
    private let change: ConfigurationChange
    private let telling: Telling

    package init(_ view: BoxView, _ change: ConfigurationChange, telling: Telling) {
        self.view = view
        self.change = change
        self.telling = telling
    }

    package var html: HTML {
        let phrase: OperatorPhrase = change.isSame ? .sameAsDisk : .differsFromDisk
        let badge = Badge(change.isSame ? .good : .unsure, telling.text(phrase))
        let files = change.files.map { file -> HTML in
            guard let lines = file.lines else {
                return "<h2>\(file.path)</h2><p>\(telling.text(OperatorPhrase.unreadable, file.path))</p>"
            }
            return "<h2>\(file.path)</h2><pre tabindex=\"0\">\(lines.map(html))</pre>"
        }
        return BoxPage.layout(telling).html(
            Layout.Page(
                title: telling.text(OperatorPhrase.configuration),
                subtitle: "\(view.status.gateway) · \(BoxPage.subtitle(view, telling)) · \(view.status.configuration)",
                body: "<p>\(badge.html)</p>\(legend)\(files)",
                path: "/configuration"
            )
        )
    }

    /// What the marks mean, for whoever has no mouse to point at them.
    private var legend: HTML {
        guard !change.isSame else { return "" }
        return """
            <p class="grey">− \(telling.text(OperatorPhrase.onlyRunning))<br>\
            + \(telling.text(OperatorPhrase.onlyDisk))</p>
            """
    }

    private func html(_ line: ConfigurationChange.Line) -> HTML {
        switch line {
        case .same(let text): "\(text)\n"
        case .running(let text): "<del title=\"\(telling.text(OperatorPhrase.onlyRunning))\">− \(text)</del>\n"
        case .onDisk(let text): "<ins title=\"\(telling.text(OperatorPhrase.onlyDisk))\">+ \(text)</ins>\n"
        }
    }
}
