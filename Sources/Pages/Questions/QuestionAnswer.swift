import Asking
import BoxPages
import Control
package import Diagnosing
package import Domain
import Foundation
package import PageParts
import Platform
package import Records
package import Speech

/// What came of a question, as a page; in the words of `gateway probe`.
package struct QuestionAnswer: Sendable {
    /// A page that reads on a telephone: one value a line.
    private static let columns = 60

    private let device: String
    private let telling: Telling
    private var style: TextStyle { TextStyle(language: telling.language, columns: Self.columns) }

    package init(_ device: String, telling: Telling) {
        self.device = device
        self.telling = telling
    }

    // MARK: Pages

    /// The device's report, right after it was asked.
    package func asked(_ report: DeviceReport?) -> HTML {
        let lines = report.map { ReportText(style: style, names: [$0.target.name]).lines($0, allPoints: true) } ?? []
        let badge = Badge(
            report?.isWell == true ? .good : .bad,
            telling.text(report?.isWell == true ? PagePhrase.good : .trouble)
        )
        return page(telling.text(QuestionPhrase.asked, device), "<p>\(badge.html)</p>\(text(lines))")
    }

    /// What the display shows beside what the device says now.
    ///
    /// - Parameter title: what people call the value.
    package func compared(
        _ comparison: CommissioningRecord.Comparison,
        title: String,
        found: [StyledText]
    ) -> HTML {
        let reading = comparison.reading.map { telling.value($0) } ?? "–"
        let unit = telling.unit(comparison.unit)
        let difference = comparison.difference.map { telling.number($0) } ?? "?"
        let badge =
            comparison.ok
            ? Badge(.good, telling.text(QuestionPhrase.agrees))
            : Badge(.bad, telling.text(QuestionPhrase.differs, "\(difference) \(unit)"))
        var body: HTML = """
            <p class="big">\(badge.html)</p>\
            <dl><dt>\(telling.text(QuestionPhrase.display))</dt><dd>\(comparison.display)</dd>\
            <dt>\(title)</dt><dd>\(reading) \(unit)</dd></dl>
            """
        if !found.isEmpty { body += "<h2>\(telling.text(QuestionPhrase.searching))</h2>\(text(found))" }
        return page(telling.text(QuestionPhrase.compared, device), body)
    }

    /// The record: page one to be signed, then what proves it.
    package func record(_ record: CommissioningRecord) -> HTML {
        let offset = LocalTime.offset(at: Instant(iso8601: record.began) ?? Instant(millisecondsSince1970: 0))
        let (signed, appendix) = record.pages(in: telling.language, offset: offset)
        // Encoding a value of our own cannot fail; without it there is nothing to download.
        let json = (try? record.json).map { Data($0.utf8).base64EncodedString() } ?? ""
        let name = device + "-" + record.began.prefix(10) + ".json"
        return page(
            telling.text(QuestionPhrase.recordOf, device),
            """
            <p class="noprint">\(telling.text(QuestionPhrase.printHint)) \
            <a download="\(name)" href="data:application/json;base64,\(json)">\
            \(telling.text(QuestionPhrase.download))</a></p>\
            <pre class="sheet">\(lines(signed))</pre><pre class="sheet appendix">\(lines(appendix))</pre>
            """
        )
    }

    /// Why nothing was asked.
    package func refused(_ refusal: FieldQuestions.Refusal) -> HTML {
        let words: String =
            switch refusal {
            case .noDevice(let id): telling.text(PagePhrase.noSuchDevice, id)
            case .notAsked(let id): telling.text(QuestionPhrase.reportsItself, id)
            case .configuration(let problems):
                telling.text(QuestionPhrase.configurationWrong, problems.prefix(5).joined(separator: "; "))
            case .gateway(let failure): failure.text(in: telling.language)
            case .atWork: telling.text(QuestionPhrase.atWork)
            }
        return notice(words)
    }

    package func notice(_ words: String) -> HTML {
        page(telling.text(QuestionPhrase.heading), "<p class=\"notice bad\" role=\"alert\">\(words)</p>")
    }

    // MARK: A watch, piece by piece

    /// The page's beginning; the browser shows the newest piece.
    package var watchBegins: HTML {
        let title = telling.text(QuestionPhrase.watching, device)
        return layout.beginning(Layout.Page(title: title, body: "", path: "/device/\(device)"))
            + "<div class=\"watch\">"
    }

    package func piece(_ state: WatchState, now: Uptime, limit: Duration) -> HTML {
        let watch = WatchText(style: style)
        let seconds = (begin: (now - state.began).wholeMilliseconds / 1_000, limit: limit.components.seconds)
        let so = telling.text(QuestionPhrase.soFar, "\(seconds.begin)", "\(seconds.limit)")
        return text(watch.table(state)) + "<p class=\"piece\">\(so)</p>"
    }

    package func watchEnds(_ state: WatchState, now: Uptime) -> HTML {
        let watch = WatchText(style: style)
        return "</div>\(text(watch.table(state) + [""] + watch.verdict(state, now: now)))\(back)" + layout.end
    }

    // MARK: Parts

    private var layout: Layout { BoxPage.layout(telling) }

    private var back: HTML {
        let path = telling.link("/device/" + device)
        return "<p class=\"noprint\"><a href=\"\(path)\">\(telling.text(PagePhrase.device, device))</a></p>"
    }

    private func page(_ title: String, _ body: HTML) -> HTML {
        layout.html(Layout.Page(title: title, body: body + back, path: "/device/\(device)"))
    }

    private func text(_ lines: [StyledText]) -> HTML {
        "<pre tabindex=\"0\">\(self.lines(lines))</pre>"
    }

    private func lines(_ lines: [StyledText]) -> [HTML] { lines.map { "\($0.plain)\n" } }
}
